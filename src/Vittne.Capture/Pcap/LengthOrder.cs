namespace Vittne.Capture.Pcap;

/// <summary>
/// Which of the two lengths of a pcap record comes first: it changed in version 2.3 (draft-ietf-opsawg-pcap; rule of libpcap).
/// </summary>
internal enum LengthOrder : byte
{
    /// <summary>Captured, then original: version 2.4.</summary>
    CapturedFirst,

    /// <summary>Original, then captured: versions before 2.3 and DG/UX.</summary>
    OriginalFirst,

    /// <summary>Written both ways (2.3): the smaller one is the captured length.</summary>
    SmallerIsCaptured,
}
