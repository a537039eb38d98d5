using System.Runtime.InteropServices;

namespace Vittne.Capture;

/// <summary>Where one packet lies and what its capture says about it. No references inside: batches of them are plain arrays.</summary>
/// <param name="TimestampNs">Time of capture in nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Number">Position in the capture, counted from 1 like Wireshark's frame number.</param>
/// <param name="Offset">Position of the first captured byte in the memory that the batch points to; see <see
/// cref="PacketBatch.Bytes(int)"/>.</param>
/// <param name="CapturedLength">Bytes that the capture holds, without a frame check sequence that the capture says is there.</param>
/// <param name="OriginalLength">Bytes that the packet had on the wire.</param>
/// <param name="LinkType">LINKTYPE_ value of the interface, as in the registry of draft-ietf-opsawg-pcaplinktype.</param>
/// <param name="Interface">Index of the interface in its section (pcapng), 0 otherwise.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PacketRef(
    long TimestampNs, long Number, long Offset, int CapturedLength, int OriginalLength, ushort LinkType, ushort Interface);
