namespace Vittne.Protocols.Fingerprints;

/// <summary>The four forms of a JA4 fingerprint.</summary>
/// <param name="Value"><c>ja4</c>: <c>a_b_c</c> with hashes of the sorted lists.</param>
/// <param name="Raw"><c>ja4_r</c>: the sorted lists themselves.</param>
/// <param name="Original"><c>ja4_o</c>: hashes of the lists in the order sent, server name and ALPN included.</param>
/// <param name="OriginalRaw"><c>ja4_ro</c>: those lists themselves.</param>
public readonly record struct Ja4Fingerprint(string Value, string Raw, string Original, string OriginalRaw);
