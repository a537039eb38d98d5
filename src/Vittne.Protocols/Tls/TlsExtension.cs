namespace Vittne.Protocols.Tls;

/// <summary>One extension of a hello (RFC 8446 section 4.2).</summary>
/// <param name="type">Its number.</param>
/// <param name="body">Its data.</param>
public readonly ref struct TlsExtension(ushort type, ReadOnlySpan<byte> body)
{
    /// <summary>IANA number of the extension.</summary>
    public ushort Type { get; } = type;

    /// <summary>Its data, without type and length.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;
}
