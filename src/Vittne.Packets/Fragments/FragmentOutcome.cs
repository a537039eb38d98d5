namespace Vittne.Packets.Fragments;

/// <summary>What adding a fragment brought to light.</summary>
/// <param name="IsLastWrong">Another last fragment, or bytes beyond the last.</param>
/// <param name="ConflictStart">Offset of the first overlap with other bytes; -1 for none.</param>
/// <param name="ConflictLength">Its length.</param>
/// <param name="OldHash">Hash of the bytes that came first.</param>
/// <param name="NewHash">Hash of the later ones.</param>
internal readonly record struct FragmentOutcome(bool IsLastWrong, int ConflictStart, int ConflictLength, ulong OldHash, ulong NewHash);
