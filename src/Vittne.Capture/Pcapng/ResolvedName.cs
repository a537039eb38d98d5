namespace Vittne.Capture.Pcapng;

/// <summary>
/// A name that the capture claims for an address (Name Resolution Block, pcapng section 4.5). A hint of whoever wrote it, no evidence.
/// </summary>
/// <param name="Address">4 bytes (IPv4), 16 bytes (IPv6), or 6 and 8 bytes (EUI-48 and EUI-64).</param>
/// <param name="Name">The name.</param>
public sealed record ResolvedName(ReadOnlyMemory<byte> Address, string Name);
