using System.Text;
using System.Text.Json;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>Heuristics that need what only packets have: answers, refusals, payloads of pings.</summary>
public sealed class HuntHeuristicsTests
{
    private const string Scanner = "203.0.113.9";

    [Fact]
    public async Task Hosts_that_do_not_accept_are_a_sweep_and_hosts_that_do_are_none()
    {
        var capture = new PcapBuilder();
        for (int host = 1; host <= 40; host++)
        {
            AddTcp(capture, host * 0.1, Scanner, $"198.51.100.{host}", 445, TcpFlag.Syn);
            AddTcp(capture, host * 0.1, Scanner, $"198.51.100.{host}", 80, TcpFlag.Syn);
            AddAnswer(capture, (host * 0.1) + 0.01, Scanner, $"198.51.100.{host}", 80, TcpFlag.Syn | TcpFlag.Ack);
        }

        Assert.Equal(["host-sweep tcp port 445"], await Told(capture));
    }

    [Fact]
    public async Task Refused_hosts_are_a_sweep_as_well()
    {
        var capture = new PcapBuilder();
        for (int host = 1; host <= 40; host++)
        {
            AddTcp(capture, host * 0.1, Scanner, $"198.51.100.{host}", 23, TcpFlag.Syn);
            AddAnswer(capture, (host * 0.1) + 0.01, Scanner, $"198.51.100.{host}", 23, TcpFlag.Rst | TcpFlag.Ack);
        }

        Assert.Equal(["host-sweep tcp port 23"], await Told(capture));
    }

    [Theory]
    [InlineData(TcpFlag.Ack, true, "port-scan ack scan of ports 101")]
    [InlineData(TcpFlag.Fin | TcpFlag.Ack, true, "port-scan maimon scan of ports 101")]
    [InlineData(TcpFlag.Ack, false, "")]
    public async Task Segments_of_no_connection_are_a_scan_when_they_are_refused(int flags, bool isRefused, string expected)
    {
        var capture = new PcapBuilder();
        for (int port = 101; port <= 112; port++)
        {
            AddTcp(capture, port * 0.1, Scanner, "198.51.100.7", port, flags);
            if (isRefused)
            {
                AddAnswer(capture, (port * 0.1) + 0.01, Scanner, "198.51.100.7", port, TcpFlag.Rst);
            }
        }

        Assert.Equal(expected.Length > 0 ? [expected] : [], await Told(capture));
    }

    [Fact]
    public async Task Connections_of_which_the_beginning_is_missing_are_no_scan()
    {
        var capture = new PcapBuilder();
        for (int port = 101; port <= 120; port++)
        {
            AddTcp(capture, port * 0.1, Scanner, "198.51.100.7", port, TcpFlag.Ack);
            AddAnswer(capture, (port * 0.1) + 0.01, Scanner, "198.51.100.7", port, TcpFlag.Ack | TcpFlag.Psh, "data"u8.ToArray());
        }

        Assert.Empty(await Told(capture));
    }

    [Fact]
    public async Task Pings_with_text_are_a_tunnel_and_pings_with_a_pattern_are_none()
    {
        var capture = new PcapBuilder();
        for (int i = 0; i < 40; i++)
        {
            AddPing(capture, i * 0.5, "192.0.2.1", "198.51.100.1", Encoding.ASCII.GetBytes($"0123456789abcdefroot@host:~# ls /home/{i}/documents and so on, {i * 37} files"));
            AddPing(capture, i * 0.5, "192.0.2.2", "198.51.100.1", [.. BitConverter.GetBytes((long)i * 999_983), .. "89abcdef"u8, .. "abcdefghijklmnopqrstuvwabcdefghi"u8]);
        }

        Assert.Equal(["icmp-tunnel 64 of 66"], await Told(capture, keptLength: 20));
    }

    private static async Task<List<string>> Told(PcapBuilder capture, int keptLength = 0)
    {
        using var file = new TemporaryFile(capture.ToArray());
        string? first = null;
        foreach (string workers in (string[])["1", "2", "4"])
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            int status = await App.RunAsync(
                ["hunt", "--heuristics-only", "--all", "--format", "jsonl", "--workers", workers, "--", file.Path], output, error);
            Assert.Equal(0, status);
            Assert.Equal(first ??= output.ToString(), output.ToString());
        }

        var told = new List<string>();
        foreach (string line in first!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            string evidence = json.RootElement.GetProperty("evidence").GetString()!;
            string text = $"{json.RootElement.GetProperty("heuristic").GetString()} {evidence.Split(',')[0]}";
            told.Add(keptLength > 0 ? text[..keptLength] : text);
        }

        return told;
    }

    private static void AddTcp(PcapBuilder capture, double second, string source, string destination, int port, int flags) =>
        capture.Add((long)(second * 1e9), Frames.Ethernet(Frames.Ipv4(source, destination, IpProtocol.Tcp, Frames.Tcp(40000, (ushort)port, [], flags: (ushort)flags))));

    private static void AddAnswer(PcapBuilder capture, double second, string source, string destination, int port, int flags, byte[]? data = null) =>
        capture.Add((long)(second * 1e9), Frames.Ethernet(Frames.Ipv4(destination, source, IpProtocol.Tcp, Frames.Tcp((ushort)port, 40000, data ?? [], flags: (ushort)flags))));

    private static void AddPing(PcapBuilder capture, double second, string source, string destination, byte[] payload) =>
        capture.Add((long)(second * 1e9), Frames.Ethernet(Frames.Ipv4(source, destination, IpProtocol.Icmp, Frames.Icmp(8, 0, payload))))
            .Add((long)((second + 0.01) * 1e9), Frames.Ethernet(Frames.Ipv4(destination, source, IpProtocol.Icmp, Frames.Icmp(0, 0, payload))));
}
