namespace Vittne.Protocols.Http2;

/// <summary>An entry of the tables of HPACK (RFC 7541 section 2.3).</summary>
/// <param name="Name">The name; empty when it is not known, since the entry that it was taken from is lost.</param>
/// <param name="Value">The value.</param>
internal readonly record struct HpackEntry(byte[] Name, byte[] Value);
