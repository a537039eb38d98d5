using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Dns;

/// <summary>Makes the records of one message, whatever carried it.</summary>
internal static class DnsEmission
{
    /// <summary>One <see cref="DnsRecord"/> when the bytes are a message, one <see cref="AnomalyRecord"/> when something in them is damaged.</summary>
    public static void Emit(
        FlowIdentity flow, IRecordSink sink, DnsVariant variant, Direction direction, ReadOnlySpan<byte> message, in PacketStamp at)
    {
        AnomalyKind anomaly = AnomalyKind.DnsShort;
        if (DnsRecognition.IsLenient(message) && DnsMessage.TryParse(message, out _, out anomaly))
        {
            sink.Add(new DnsRecord { Flow = flow, At = at, Direction = direction, Message = message.ToArray(), Variant = variant });
        }

        if (anomaly != AnomalyKind.None)
        {
            sink.Add(new AnomalyRecord { Flow = flow, At = at, Direction = direction, Kind = anomaly });
        }
    }
}
