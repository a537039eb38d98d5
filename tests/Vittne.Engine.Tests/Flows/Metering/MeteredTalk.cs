using System.Text;
using Vittne.Engine.Flows;
using Vittne.Engine.Spine;
using Vittne.Flows.Metering;
using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Flows.Metering;

/// <summary>Frames at given times, measured through the whole spine.</summary>
internal sealed class MeteredTalk
{
    public const uint ClientIsn = 1000;
    public const uint ServerIsn = 5000;
    private const long Millisecond = 1_000_000;

    private readonly PcapBuilder _pcap = new();
    private long _nowNs = Batches.StartNs;

    public ushort ClientPort { get; set; } = 40_000;

    public ushort ServerPort { get; set; } = 80;

    public FlowsSummary? Summary { get; private set; }

    /// <summary>Lets time pass before the next frame; a millisecond passes by itself.</summary>
    public MeteredTalk After(double seconds)
    {
        _nowNs += (long)(seconds * 1000) * Millisecond;
        return this;
    }

    public MeteredTalk Frame(byte[] frame, int? originalLength = null)
    {
        _pcap.Add(_nowNs, frame, originalLength);
        _nowNs += Millisecond;
        return this;
    }

    public MeteredTalk Ip(byte[] packet) => Frame(Frames.Ethernet(packet));

    public MeteredTalk Handshake() => Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Syn | TcpFlag.Ack).Client(1, "");

    /// <summary>A segment of the client: offset 0 is the SYN, 1 the first byte of data.</summary>
    public MeteredTalk Client(int offset, string text, int flags = TcpFlag.Ack, int acknowledged = 1, ushort window = 4096) =>
        Ip(Frames.Ipv4(IpProtocol.Tcp, Segment(ClientPort, ServerPort, ClientIsn + (uint)offset, ServerIsn + (uint)acknowledged, text, flags, window)));

    public MeteredTalk Server(int offset, string text, int flags = TcpFlag.Ack, int acknowledged = 1, ushort window = 4096) =>
        Ip(Frames.Ipv4(
            IpProtocol.Tcp, Segment(ServerPort, ClientPort, ServerIsn + (uint)offset, ClientIsn + (uint)acknowledged, text, flags, window), isReply: true));

    public MeteredTalk Udp(ushort source, ushort destination, byte[] payload, bool isReply = false) =>
        Ip(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(source, destination, payload), isReply));

    public byte[] ToPcap() => _pcap.ToArray();

    /// <summary>The flows, in the order in which they are told.</summary>
    public List<FlowRecord> Flows(FlowMeterOptions? metering = null, int workers = 1, FlowKeyParts key = FlowKeyParts.None, bool tellsNonIp = false)
    {
        using var file = new TemporaryFile(_pcap.ToArray());
        var told = new List<FlowRecord>();
        var options = new FlowsOptions { Metering = metering ?? new FlowMeterOptions(), KeyParts = key, TellsNonIp = tellsNonIp };
        Summary = new FlowsRun(options, new SpineOptions { Captures = [file.Path], Workers = workers }, told.Add).Run(TestContext.Current.CancellationToken);
        return told;
    }

    private static byte[] Segment(ushort source, ushort destination, uint sequence, uint acknowledgment, string text, int flags, ushort window) =>
        Frames.Tcp(source, destination, Encoding.Latin1.GetBytes(text), sequence, acknowledgment, (ushort)flags, window);
}
