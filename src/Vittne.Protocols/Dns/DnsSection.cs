namespace Vittne.Protocols.Dns;

/// <summary>Section of a DNS message (RFC 1035 section 4.1).</summary>
public enum DnsSection : byte
{
    /// <summary>What is asked.</summary>
    Question,

    /// <summary>Records that answer it.</summary>
    Answer,

    /// <summary>Records that name an authority.</summary>
    Authority,

    /// <summary>Records that may help.</summary>
    Additional,
}
