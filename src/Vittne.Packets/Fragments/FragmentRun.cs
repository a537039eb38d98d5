namespace Vittne.Packets.Fragments;

/// <summary>A stretch of a datagram whose bytes come from one fragment.</summary>
/// <param name="Start">Offset in the datagram.</param>
/// <param name="End">Offset behind it.</param>
/// <param name="Position">Where its bytes lie in the store.</param>
/// <param name="FragmentStart">Where the whole fragment began: overlap policies look at it.</param>
/// <param name="FragmentEnd">Where the whole fragment ended.</param>
internal readonly record struct FragmentRun(int Start, int End, int Position, int FragmentStart, int FragmentEnd);
