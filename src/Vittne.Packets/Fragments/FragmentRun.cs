namespace Vittne.Packets.Fragments;

/// <summary>A stretch of a datagram whose bytes come from one fragment.</summary>
/// <param name="Start">Offset in the datagram.</param>
/// <param name="End">Offset behind it.</param>
/// <param name="Piece">The piece of the store with the fragment's bytes.</param>
/// <param name="Skip">Bytes of the piece before those of the run.</param>
/// <param name="FragmentStart">Where the whole fragment began: overlap policies look at it.</param>
/// <param name="FragmentEnd">Where the whole fragment ended.</param>
internal readonly record struct FragmentRun(int Start, int End, int Piece, int Skip, int FragmentStart, int FragmentEnd);
