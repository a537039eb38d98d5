namespace Vittne.Capture.Pcap;

/// <summary>How the records of a pcap capture are written (draft-ietf-opsawg-pcap section 4): what a copy of it has to know.</summary>
/// <param name="IsNanosecond">Whether fractions of a second are nanoseconds; else microseconds.</param>
/// <param name="HasPlainRecords">
/// Whether the records are those of a little-endian capture of version 2.4, so that they can be copied as they are.
/// </param>
/// <param name="SnapLength">Bytes that a packet may have: as stated, or the limit of the link type where 0 or impossible.</param>
/// <param name="LinkTypeExtension">Upper bits of the link type field, in place (FCS length).</param>
/// <param name="ReservedLinkTypeBits">Bits 16 to 25 of the link type field, in place; 0 when the link type is one.</param>
public sealed record PcapForm(bool IsNanosecond, bool HasPlainRecords, uint SnapLength, uint LinkTypeExtension, uint ReservedLinkTypeBits);
