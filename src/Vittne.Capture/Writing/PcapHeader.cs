namespace Vittne.Capture.Writing;

/// <summary>What the header of a pcap file to be written says.</summary>
/// <param name="LinkType">LINKTYPE_ value of all its packets.</param>
/// <param name="SnapLength">Bytes that a packet may have.</param>
/// <param name="IsNanosecond">Whether fractions of a second are nanoseconds; else microseconds.</param>
/// <param name="LinkTypeExtension">Upper bits of the link type field, in place.</param>
public readonly record struct PcapHeader(ushort LinkType, uint SnapLength, bool IsNanosecond, uint LinkTypeExtension = 0);
