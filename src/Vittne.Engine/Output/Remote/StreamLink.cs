using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Vittne.Engine.Output.Remote;

/// <summary>A TCP connection to a target, with or without TLS; each message has its length and a blank before it (RFC 6587 section 3.4.1, RFC 5425 section 4.3).</summary>
/// <param name="target">Where to.</param>
/// <param name="authorities">Certificates to trust instead of those of the system; null for the system's.</param>
internal sealed class StreamLink(RemoteAddress target, X509Certificate2Collection? authorities) : IRemoteLink
{
    private const int TimeoutMs = 5000;

    private Socket? _socket;
    private Stream? _stream;

    /// <inheritdoc/>
    public long Refused => 0;

    /// <inheritdoc/>
    public void Send(byte[] message)
    {
        // A connection that the other side ended takes one more write without a word, and loses it.
        if (_socket is { } socket && socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0)
        {
            Dispose();
        }

        _stream ??= Open();
        byte[] length = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} "));
        _stream.Write([.. length, .. message]);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (_stream is SslStream tls)
        {
            tls.ShutdownAsync().Wait(TimeoutMs);
        }

        _socket?.Shutdown(SocketShutdown.Send);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _socket?.Dispose();
        _stream = null;
        _socket = null;
    }

    private Stream Open()
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendTimeout = TimeoutMs, ReceiveTimeout = TimeoutMs, NoDelay = true };
        using (var patience = new CancellationTokenSource(TimeoutMs))
        {
            try
            {
                _socket.ConnectAsync(target.Host, target.Port, patience.Token).AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"no answer within {TimeoutMs / 1000} s"));
            }
        }

        var stream = new NetworkStream(_socket);
        if (target.Transport != RemoteTransport.Tls)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = target.Host, CertificateChainPolicy = Policy() });
        return tls;
    }

    // Nothing is fetched to judge a certificate: no lists of revoked ones, no issuers.
    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }
}
