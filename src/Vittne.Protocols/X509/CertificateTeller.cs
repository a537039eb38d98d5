using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.X509;

/// <summary>Tells the certificates that a side presented, one record each.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
internal sealed class CertificateTeller(FlowIdentity flow, IRecordSink sink)
{
    /// <summary>Tells a chain.</summary>
    /// <param name="certificates">The certificates, leaf first.</param>
    /// <param name="turned">The flow as seen from its client.</param>
    /// <param name="direction">Who sent them, in the flow as it is.</param>
    /// <param name="sender">The same in the turned flow.</param>
    /// <param name="isClient">True when the client presented them.</param>
    /// <param name="at">The packet that completed the message.</param>
    public List<PresentedCertificate> Tell(
        IReadOnlyList<byte[]> certificates, FlowIdentity turned, Direction direction, Direction sender, bool isClient, in PacketStamp at)
    {
        List<PresentedCertificate> presented = [];
        foreach (byte[] der in certificates)
        {
            if (!X509Certificate.TryParse(der, out X509Certificate certificate) || certificate.IsDamaged)
            {
                sink.Add(new AnomalyRecord
                {
                    Flow = flow,
                    At = at,
                    Direction = direction,
                    Kind = AnomalyKind.X509Der,
                    Detail = $"certificate {presented.Count} of {der.Length} bytes",
                });
            }

            var item = new PresentedCertificate(certificate, presented.Count, isClient, at.TimestampNs);
            presented.Add(item);
            sink.Add(new CertificateRecord { Flow = turned, At = at, Direction = sender, Presented = item });
        }

        return presented;
    }
}
