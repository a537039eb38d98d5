using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Dns;

/// <summary>Makes the records of one message, whatever carried it.</summary>
internal static class DnsEmission
{
    /// <summary>What a flow of this variant needs to pair responses with queries; null when nobody asks for pairs, and for multicast.</summary>
    public static DnsPairing? PairingOf(DnsVariant variant, ParserOptions? options) =>
        options is { EmitsTransactions: true } && variant != DnsVariant.Mdns ? new DnsPairing() : null;

    /// <summary>One <see cref="DnsRecord"/> when the bytes are a message, one <see cref="AnomalyRecord"/> when something in them is damaged.</summary>
    public static void Emit(
        FlowIdentity flow, IRecordSink sink, DnsVariant variant, DnsPairing? pairing, Direction direction, ReadOnlySpan<byte> message, in PacketStamp at)
    {
        AnomalyKind anomaly = AnomalyKind.DnsShort;
        if (DnsRecognition.IsLenient(message) && DnsMessage.TryParse(message, out DnsMessage parsed, out anomaly))
        {
            DnsPair? pair = pairing?.Take(parsed, at);
            sink.Add(new DnsRecord
            {
                Flow = flow,
                At = at,
                Direction = direction,
                Message = message.ToArray(),
                Variant = variant,
                QueryPacket = pair?.QueryPacket,
                RoundTripNs = pair?.RoundTripNs,
            });
        }

        if (anomaly != AnomalyKind.None)
        {
            sink.Add(new AnomalyRecord { Flow = flow, At = at, Direction = direction, Kind = anomaly });
        }
    }
}
