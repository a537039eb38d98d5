using System.Globalization;
using Vittne.Engine.Output;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>Flows whose IP protocol is not one of the usual ones: one record a flow.</summary>
/// <param name="common">Numbers of the usual ones.</param>
internal sealed class UncommonProtocols(bool[] common) : Analysis
{
    private const string Common = "common";

    /// <summary>Analysis <c>protocols</c>.</summary>
    public static Decoder Decoder { get; } = new(
        "protocols",
        DecoderKind.Analysis,
        new RecordSchema<UncommonProtocolRecord, UncommonProtocolRecord>(
            "protocols",
            "Flows of uncommon IP protocol numbers",
            static record => record,
            static record => string.Create(CultureInfo.InvariantCulture, $"{ProtocolNames.Of(record.Flow.Protocol)} (protocol {record.Flow.Protocol})"),
            Field.Integer<UncommonProtocolRecord>("protocol", "the number", static record => record.Flow.Protocol).Also("ip.proto")))
    {
        Options = [new DecoderOption(Common, "1,2,6,17,58", "numbers that are not told, comma-separated", static text => TryParse(text, out _) ? null : "is no list of numbers from 0 to 255")],
        Create = static value => new UncommonProtocols(TryParse(value(Common), out bool[] common) ? common : new bool[256]),
    };

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, TunnelLayer[] tunnel, in PacketStamp at, IRecordSink output)
    {
        if (isFlowStart && !common[packet.Protocol])
        {
            output.Add(new UncommonProtocolRecord { Flow = flow.Identify(tunnel), At = at, Direction = direction });
        }
    }

    private static bool TryParse(string text, out bool[] common)
    {
        common = new bool[256];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
            {
                return false;
            }

            common[number] = true;
        }

        return true;
    }
}
