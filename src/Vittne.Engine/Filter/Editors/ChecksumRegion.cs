namespace Vittne.Engine.Filter.Editors;

/// <summary>Bytes of a packet that a checksum covers.</summary>
/// <param name="Start">The first one.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="ChecksumAt">Where the checksum stands.</param>
/// <param name="PseudoStart">First byte of the addresses that it covers too; no less than <paramref name="PseudoEnd"/> where it covers none.</param>
/// <param name="PseudoEnd">Behind these addresses.</param>
/// <param name="IsUdp">Whether 0 means that there is none.</param>
internal readonly record struct ChecksumRegion(int Start, int End, int ChecksumAt, int PseudoStart, int PseudoEnd, bool IsUdp)
{
    /// <summary>Whether a byte counts, and whether as the high one of its word.</summary>
    public bool Covers(int at, out bool isHigh)
    {
        bool isPseudo = at >= PseudoStart && at < PseudoEnd;
        isHigh = ((at - (isPseudo ? PseudoStart : Start)) & 1) == 0;
        return isPseudo || (at >= Start && at < End);
    }
}
