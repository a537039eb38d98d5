namespace Vittne.Flows.Analysis;

/// <summary>Quartiles of a sample and what they say of its spread: statistics that a few odd values do not move.</summary>
/// <param name="First">Lower quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="Third">Upper quartile.</param>
/// <param name="Deviation">Median of the distances from the median (MAD).</param>
public readonly record struct RobustSpread(double First, double Median, double Third, double Deviation)
{
    /// <summary>How lopsided the middle half is (Bowley): 0 even, 1 all on one side; 0 where quartiles meet.</summary>
    public double Skew => Third == First || Median == First || Median == Third ? 0 : Math.Abs((First + Third - (2 * Median)) / (Third - First));

    /// <summary>From 0 to 1: how even and how narrow the sample is, where a deviation of <paramref name="scale"/> is wide.</summary>
    public double Regularity(double scale) => (1 - Skew + Math.Max(0, 1 - (Deviation / scale))) / 2;

    /// <summary>The spread of a sample, which is sorted in place.</summary>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static RobustSpread Of(double[] sample)
    {
        if (sample.Length == 0)
        {
            throw new ArgumentException("the sample is empty", nameof(sample));
        }

        Array.Sort(sample);
        double median = At(sample, 0.5);
        double[] distances = Array.ConvertAll(sample, value => Math.Abs(value - median));
        Array.Sort(distances);
        return new RobustSpread(At(sample, 0.25), median, At(sample, 0.75), At(distances, 0.5));
    }

    private static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
