namespace Vittne.Flows.Analysis.Beacons;

/// <summary>Scores how much connections are like a beacon, after the idea that RITA published: robust statistics instead of means.</summary>
/// <param name="Interval">Regularity of the times between them, 0 to 1.</param>
/// <param name="Size">Regularity of the bytes sent.</param>
/// <param name="Coverage">Share of the observed time that has connections, without gaps.</param>
/// <param name="Histogram">Evenness over slots of time.</param>
/// <param name="Period">Median time between them, seconds.</param>
/// <param name="Jitter">Median distance from it, as a share of it.</param>
internal readonly record struct BeaconScore(double Interval, double Size, double Coverage, double Histogram, double Period, double Jitter)
{
    /// <summary>Slots that the observed time is divided into.</summary>
    public const int Slots = 24;

    // A deviation that counts as wide: of times when the period is 0, seconds; of sizes, bytes.
    private const double DefaultPeriod = 30;
    private const double SizeScale = 32;

    // Two heights say something only of enough slots.
    private const int MinFilledForHeights = Slots / 2;
    private const int Heights = 20;
    private const double NsPerSecond = 1e9;

    /// <summary>Mean of the parts, 0 to 1.</summary>
    public double Total => (Interval + Size + Coverage + Histogram) / 4;

    /// <summary>Scores connections.</summary>
    /// <param name="startsNs">When they began, at least two, sorted here.</param>
    /// <param name="sizes">Bytes sent by each.</param>
    /// <param name="firstNs">Begin of the observed time.</param>
    /// <param name="lastNs">Its end.</param>
    public static BeaconScore Of(long[] startsNs, double[] sizes, long firstNs, long lastNs)
    {
        Array.Sort(startsNs);
        double[] intervals = new double[startsNs.Length - 1];
        for (int i = 0; i < intervals.Length; i++)
        {
            intervals[i] = (startsNs[i + 1] - startsNs[i]) / NsPerSecond;
        }

        RobustSpread times = RobustSpread.Of(intervals);
        int[] slots = new int[Slots];
        double width = Math.Max((lastNs - firstNs) / (double)Slots, 1);
        foreach (long start in startsNs)
        {
            slots[Math.Clamp((int)((start - firstNs) / width), 0, Slots - 1)]++;
        }

        return new BeaconScore(
            times.Regularity(times.Median > 0 ? times.Median : DefaultPeriod),
            RobustSpread.Of(sizes).Regularity(SizeScale),
            CoverageOf(slots),
            Math.Max(Evenness(slots), TwoHeights(slots)),
            times.Median,
            times.Median > 0 ? times.Deviation / times.Median : 0);
    }

    // Half for the slots that have connections, half for the longest run of them.
    private static double CoverageOf(int[] slots)
    {
        int filled = 0, run = 0, longest = 0;
        foreach (int count in slots)
        {
            filled += count > 0 ? 1 : 0;
            run = count > 0 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return (filled + longest) / (2.0 * Slots);
    }

    // One mode: as many connections in each slot.
    private static double Evenness(int[] slots)
    {
        double mean = slots.Average();
        double variance = slots.Average(count => (count - mean) * (count - mean));
        return 1 - Math.Min(1, Math.Sqrt(variance) / mean);
    }

    // Two modes, such as a fast and a slow rhythm: the share of slots that have one of the two commonest heights.
    private static double TwoHeights(int[] slots)
    {
        int[] filled = [.. slots.Where(static count => count > 0)];
        if (filled.Length < MinFilledForHeights)
        {
            return 0;
        }

        int width = (filled.Max() + Heights - 1) / Heights;
        int[] fullest = [.. filled.GroupBy(count => (count - 1) / width).Select(static group => group.Count()).OrderDescending().Take(2)];
        return (double)fullest.Sum() / Slots;
    }
}
