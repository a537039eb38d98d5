using Vittne.Packets;
using Vittne.Protocols.X509;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>X.509 certificates: all that is told of one, its own signature included.</summary>
internal sealed class CertificateTarget() : FuzzTarget("x509")
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => HandMade.Certificates();

    /// <inheritdoc/>
    public override byte[]? SeedOf(string protocol, bool isStream, byte[] conversation)
    {
        if (!isStream || protocol != "tls")
        {
            return null;
        }

        // The first certificate that stands whole in a conversation.
        int at = conversation.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x30, 0x82]);
        return at < 0 ? null : conversation[at..Math.Min(conversation.Length, at + 4 + ((conversation[at + 2] << 8) | conversation[at + 3]))];
    }

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        bool isUsable = X509Certificate.TryParse(input, out X509Certificate certificate);
        seen.Note("usable", isUsable ? 1 : 0);
        seen.Note("damaged", certificate.IsDamaged ? 1 : 0);
        seen.Add(new CertificateRecord
        {
            Flow = TestFlow.Tcp(443),
            At = TestFlow.At(1),
            Direction = Direction.FromResponder,
            Presented = new PresentedCertificate(certificate, 0, IsClient: false, TestFlow.At(1).TimestampNs),
        });
    }
}
