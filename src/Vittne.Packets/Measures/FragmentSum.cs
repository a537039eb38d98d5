namespace Vittne.Packets.Measures;

/// <summary>What several fragments of one datagram amount to.</summary>
/// <param name="Packets">How many.</param>
/// <param name="WireBytes">Bytes of their frames as on the wire.</param>
/// <param name="IpBytes">Bytes by IP length.</param>
/// <param name="FirstNs">Time of the first, nanoseconds since the epoch.</param>
/// <param name="LastNs">Time of the latest.</param>
/// <param name="FirstNumber">Number of the first in its capture.</param>
/// <param name="FirstOrdinal">Its number in the run, from 1.</param>
public readonly record struct FragmentSum(int Packets, long WireBytes, long IpBytes, long FirstNs, long LastNs, long FirstNumber, long FirstOrdinal)
{
    /// <summary>The sum with one more fragment.</summary>
    public FragmentSum Add(int wireBytes, int ipBytes, long timestampNs, long number, long ordinal) => Packets == 0
        ? new FragmentSum(1, wireBytes, ipBytes, timestampNs, timestampNs, number, ordinal)
        : new FragmentSum(Packets + 1, WireBytes + wireBytes, IpBytes + ipBytes, Math.Min(FirstNs, timestampNs), Math.Max(LastNs, timestampNs), FirstNumber, FirstOrdinal);
}
