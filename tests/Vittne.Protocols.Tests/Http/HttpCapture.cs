using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Protocols.Sessions;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http;

/// <summary>Frames of one TCP connection, read as a capture is: decoded, put into flows, reassembled, recognised and parsed.</summary>
internal sealed class HttpCapture(ushort clientPort, ushort serverPort) : FlowHandler
{
    private const uint ClientStart = 1000;
    private const uint ServerStart = 5000;
    private const ushort Syn = 0x02;
    private const ushort Ack = 0x10;

    private readonly List<(byte[] Frame, int WireLength)> _frames = [];
    private readonly RecordList _records = [];

    public HttpCapture Handshake() => Client(0, "", Syn).Server(0, "", Syn | Ack).Client(1, "");

    /// <summary>A segment of the client; offset 1 is the first byte of the stream.</summary>
    public HttpCapture Client(int offset, string text, ushort flags = Ack, int acknowledged = 1, int cut = 0) =>
        Add(isReply: false, Frames.Tcp(clientPort, serverPort, HttpText.Latin1(text), ClientStart + (uint)offset, ServerStart + (uint)acknowledged, flags), cut);

    /// <summary>A segment of the server, likewise.</summary>
    public HttpCapture Server(int offset, string text, ushort flags = Ack, int acknowledged = 1, int cut = 0) =>
        Add(isReply: true, Frames.Tcp(serverPort, clientPort, HttpText.Latin1(text), ServerStart + (uint)offset, ClientStart + (uint)acknowledged, flags), cut);

    /// <summary>What the frames tell: transactions and anomalies in one line each.</summary>
    public string[] Tell() => [.. Records().Select(static record => record switch
    {
        HttpTransactionRecord http => $"{http.Flow.SourcePort} {HttpSchema.Schema.Summarise(http)}",
        AnomalyRecord anomaly => AnomalyNames.Name(anomaly.Kind),
        _ => "",
    }).Where(static line => line.Length > 0)];

    /// <summary>Everything that the frames tell.</summary>
    public RecordList Records()
    {
        DecodedBatch batch = Batches.Of(1);
        foreach ((byte[] frame, int wireLength) in _frames)
        {
            Batches.Add(batch, 1, frame, Batches.StartNs + (batch.Packets.Count * 1_000_000L), wireLength);
        }

        new PacketDecoder(new PacketDecoderOptions()).Decode(batch);
        var tracker = new FlowTracker(this, new FlowOptions());
        PacketStamp at = default;
        for (int i = 0; i < batch.Packets.Count; i++)
        {
            at = new PacketStamp(batch.Packets.Packets[i].TimestampNs, i + 1, i + 1, 0);
            tracker.OnPacket(batch.Decoded[i], batch.Payload(i), [], at);
        }

        tracker.EndAll(at);
        return _records;
    }

    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) =>
        new ProtocolStream(flow.Identify(tunnel), _records, new ProtocolCounters(), new ParserOptions { EmitsTransactions = true });

    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => ProtocolRegistry.BeginsMessage(payload);

    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) => false;

    private HttpCapture Add(bool isReply, byte[] segment, int cut)
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(6, segment, isReply));
        _frames.Add((frame[..^cut], frame.Length));
        return this;
    }
}
