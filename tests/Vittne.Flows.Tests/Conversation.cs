using System.Text;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Tests;

/// <summary>Plays packets between one client and one server into a tracker and keeps what comes out, a recorder per flow.</summary>
internal sealed class Conversation : FlowHandler
{
    public const uint ClientIsn = 1000;
    public const uint ServerIsn = 5000;

    private static readonly IpAddress Client = IpAddress.FromV4(0xC0000201);
    private static readonly IpAddress Server = IpAddress.FromV4(0xC6336401);

    private long _ordinal;
    private long _nowNs = 1_700_000_000_000_000_000;

    public Conversation(FlowOptions? options = null) => Tracker = new FlowTracker(this, options ?? new FlowOptions());

    public FlowTracker Tracker { get; }

    public List<StreamRecorder> Streams { get; } = [];

    public List<(Direction Direction, bool IsFlowStart)> Starts { get; } = [];

    public StreamRecorder Stream => Streams[0];

    public ushort ClientPort { get; set; } = 40_000;

    public ushort ServerPort { get; set; } = 80;

    public Conversation Handshake() =>
        FromClient(0, "", TcpFlag.Syn).FromServer(0, "", TcpFlag.Syn | TcpFlag.Ack).FromClient(1, "", TcpFlag.Ack);

    /// <summary>A segment of the client; <paramref name="offset"/> 0 is the SYN, 1 the first byte of the stream.</summary>
    public Conversation FromClient(int offset, string text, int flags = TcpFlag.Ack, int acknowledged = 1, int? wireLength = null) =>
        Send(true, unchecked(ClientIsn + (uint)offset), unchecked(ServerIsn + (uint)acknowledged), text, flags, wireLength);

    /// <summary>A segment of the server, likewise.</summary>
    public Conversation FromServer(int offset, string text, int flags = TcpFlag.Ack, int acknowledged = 1) =>
        Send(false, unchecked(ServerIsn + (uint)offset), unchecked(ClientIsn + (uint)acknowledged), text, flags, null);

    /// <summary>A segment with sequence numbers as they stand in the header.</summary>
    public Conversation Send(bool fromClient, uint sequence, uint acknowledgment, string text, int flags, int? wireLength)
    {
        byte[] payload = Encoding.Latin1.GetBytes(text);
        var packet = new DecodedPacket
        {
            Source = fromClient ? Client : Server,
            Destination = fromClient ? Server : Client,
            SourcePort = fromClient ? ClientPort : ServerPort,
            DestinationPort = fromClient ? ServerPort : ClientPort,
            Protocol = IpProtocol.Tcp,
            SequenceNumber = sequence,
            AcknowledgmentNumber = acknowledgment,
            TcpFlags = (ushort)flags,
            PayloadLength = payload.Length,
            PayloadWireLength = wireLength ?? payload.Length,
            FlowHash = 0x12345678,
            Datagram = -1,
            Tunnel = -1,
            Flags = DecodedFlags.HasIp | DecodedFlags.HasPorts | DecodedFlags.HasTransport,
        };
        _ordinal++;
        _nowNs += 1_000_000;
        Tracker.OnPacket(packet, payload, [], Now);
        return this;
    }

    public Conversation Wait(int seconds)
    {
        _nowNs += seconds * 1_000_000_000L;
        Tracker.Advance(Now);
        return this;
    }

    public Conversation End()
    {
        Tracker.EndAll(Now);
        return this;
    }

    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
        Starts.Add((direction, isFlowStart));

    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel)
    {
        var recorder = new StreamRecorder();
        Streams.Add(recorder);
        return recorder;
    }

    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => false;

    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) => false;

    private PacketStamp Now => new(_nowNs, _ordinal, _ordinal, 0);
}
