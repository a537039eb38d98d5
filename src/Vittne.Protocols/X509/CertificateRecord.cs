using Vittne.Packets.Records;

namespace Vittne.Protocols.X509;

/// <summary>One certificate that a side presented in the clear: record <c>x509</c>.</summary>
public sealed record CertificateRecord : Record
{
    /// <summary>The certificate.</summary>
    public required PresentedCertificate Presented { get; init; }
}
