using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>One half of an anonymous TLS session, as a worker saw it; <see cref="TlsAnonymousDetector"/> joins the halves.</summary>
internal sealed record TlsSighting : Record
{
    /// <summary>True for a server's self-signed certificate, false for a client's hello without a server name.</summary>
    public required bool IsCertificate { get; init; }

    /// <summary>The certificate's subject; empty for a hello.</summary>
    public required string Subject { get; init; }
}
