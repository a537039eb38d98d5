using Vittne.Protocols.Secrets;

namespace Vittne.Protocols;

/// <summary>What a verb wants from the parsers beyond the records that detectors read.</summary>
public sealed record ParserOptions
{
    /// <summary>What hunting needs: single messages, no more.</summary>
    public static ParserOptions Messages { get; } = new();

    /// <summary>
    /// True for the records that are told to people as well: HTTP transactions, TLS and QUIC handshakes, commands with their replies. They
    /// cost a look at every message of a flow, so hunting leaves them out.
    /// </summary>
    public bool EmitsTransactions { get; init; }

    /// <summary>Recorded secrets, with which TLS and QUIC are opened; null when nothing is decrypted.</summary>
    public TlsSecrets? Secrets { get; init; }

    /// <summary>True for DHCP messages though transactions are not told: hunting looks at names in them when asked to.</summary>
    public bool EmitsDhcp { get; init; }

    /// <summary>Says who takes bodies of HTTP messages as they come; null when nobody does. Options with it are those of one flow.</summary>
    public Http.HttpBodyOpener? OpensBody { get; init; }

    /// <summary>Most bytes of a request body that are kept in its record.</summary>
    public int KeptRequestBody { get; init; } = 64 << 10;

    /// <summary>Most bytes of a response body that are kept in its record: most of the traffic is here, and what pages say of themselves stands in front.</summary>
    public int KeptResponseBody { get; init; } = 16 << 10;

    /// <summary>Most bytes of a response body that are kept when it is declared as picture, sound, film or font: enough to tell what it is.</summary>
    public int KeptMediaBody { get; init; } = 2 << 10;
}
