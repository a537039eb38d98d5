using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>Connections that a closed port refuses (RFC 9293 section 3.10.7.1): the first packet of the responder is RST and acknowledges the SYN.</summary>
internal sealed class RefusedConnections : Analysis
{
    /// <summary>Analysis <c>synrst</c>.</summary>
    public static Decoder Decoder { get; } = new(
        "synrst",
        DecoderKind.Analysis,
        new RecordSchema<RefusedConnectionRecord, RefusedConnectionRecord>(
            "synrst",
            "Connections that were refused: a SYN answered by RST and ACK",
            static record => record,
            static _ => "refused"))
    {
        Create = static _ => new RefusedConnections(),
    };

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, TunnelLayer[] tunnel, in PacketStamp at, IRecordSink output)
    {
        const ushort refusal = TcpFlag.Rst | TcpFlag.Ack;
        if (packet.Protocol == IpProtocol.Tcp && direction == Direction.FromResponder && (packet.TcpFlags & (refusal | TcpFlag.Syn)) == refusal
            && (flow.State & FlowState.SynOriginator) != 0 && packet.AcknowledgmentNumber == flow.SourceIsn + 1)
        {
            output.Add(new RefusedConnectionRecord { Flow = flow.Identify(tunnel), At = at, Direction = direction });
        }
    }
}
