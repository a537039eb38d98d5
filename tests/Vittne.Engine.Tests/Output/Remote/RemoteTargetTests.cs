using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vittne.Engine.Output.Remote;

namespace Vittne.Engine.Tests.Output.Remote;

public sealed class RemoteTargetTests
{
    [Fact]
    public async Task Datagrams_arrive_as_they_are()
    {
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var target = new RemoteTarget(To(RemoteTransport.Udp, listener.Client), null);
        Send(target, "one", "two");

        Assert.Equal("one", Text(await listener.ReceiveAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("two", Text(await listener.ReceiveAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((2, 0), (target.Sent, target.Lost));
    }

    [Fact]
    public async Task Stream_has_the_length_before_each_message()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> received = ReceiveAsync(listener, null);
        using var target = new RemoteTarget(To(RemoteTransport.Tcp, listener.Server), null);
        Send(target, "one", "zwölf");

        Assert.Equal("3 one6 zwölf", await received);
        Assert.Equal((2, 0), (target.Sent, target.Lost));
    }

    [Fact]
    public async Task Messages_travel_inside_TLS_to_a_host_with_a_trusted_certificate()
    {
        using X509Certificate2 certificate = Certificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> received = ReceiveAsync(listener, certificate);
        using var target = new RemoteTarget(To(RemoteTransport.Tls, listener.Server), [X509CertificateLoader.LoadCertificate(certificate.RawData)]);
        Send(target, "secret");

        Assert.Equal("6 secret", await received);
        Assert.Equal((1, 0), (target.Sent, target.Lost));
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_host_whose_certificate_nobody_vouches_for()
    {
        using X509Certificate2 certificate = Certificate();
        using X509Certificate2 other = Certificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> received = ReceiveAsync(listener, certificate);
        using var target = new RemoteTarget(To(RemoteTransport.Tls, listener.Server), [X509CertificateLoader.LoadCertificate(other.RawData)]);
        Send(target, "secret");
        listener.Stop();

        Assert.Equal("", await received);
        Assert.Equal((0, 1), (target.Sent, target.Lost));
        Assert.Contains("certificate", target.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_ended_is_made_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var target = new RemoteTarget(To(RemoteTransport.Tcp, listener.Server), null);
        target.Send("one"u8.ToArray());
        byte[] first = new byte[5];
        using (TcpClient connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await connection.GetStream().ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        }

        Task<string> received = ReceiveAsync(listener, null);
        Send(target, "two");

        Assert.Equal(("3 one", "3 two"), (Encoding.UTF8.GetString(first), await received));
        Assert.Equal((2, 0), (target.Sent, target.Lost));
    }

    [Theory]
    [InlineData(RemoteTransport.Udp)]
    [InlineData(RemoteTransport.Tcp)]
    [InlineData(RemoteTransport.Tls)]
    public void Messages_to_a_closed_port_are_counted(RemoteTransport transport)
    {
        using var target = new RemoteTarget(new RemoteAddress(transport, "127.0.0.1", ClosedPort(transport)), null);
        Send(target, "one", "two", "three");

        Assert.Equal((0, 3), (target.Sent, target.Lost));
        Assert.NotNull(target.Reason);
    }

    [Fact]
    public void Flood_to_a_closed_port_neither_waits_nor_fills_the_memory()
    {
        using var target = new RemoteTarget(new RemoteAddress(RemoteTransport.Tcp, "127.0.0.1", ClosedPort(RemoteTransport.Tcp)), null);
        for (int i = 0; i < 30_000; i++)
        {
            target.Send([(byte)'x']);
        }

        Assert.InRange(target.Lost, 19_000, 30_000);
        target.End();
        Assert.Equal((0, 30_000), (target.Sent, target.Lost));
    }

    private static RemoteAddress To(RemoteTransport transport, Socket listener) => new(transport, "127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);

    private static void Send(RemoteTarget target, params string[] messages)
    {
        foreach (string message in messages)
        {
            target.Send(Encoding.UTF8.GetBytes(message));
        }

        target.End();
    }

    private static string Text(UdpReceiveResult received) => Encoding.UTF8.GetString(received.Buffer);

    private static async Task<string> ReceiveAsync(TcpListener listener, X509Certificate2? certificate)
    {
        using TcpClient connection = await listener.AcceptTcpClientAsync();
        Stream stream = connection.GetStream();
        try
        {
            if (certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(certificate);
                stream = tls;
            }

            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return "";
        }
    }

    // A port that was free a moment ago and is not listened on.
    private static int ClosedPort(RemoteTransport transport)
    {
        using Socket socket = transport == RemoteTransport.Udp
            ? new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=collector.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
