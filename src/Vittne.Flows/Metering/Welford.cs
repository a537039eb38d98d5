using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>Mean and standard deviation of numbers that come one by one (Welford 1962), without keeping them.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Welford
{
    private double _mean;
    private double _squares;

    /// <summary>How many numbers.</summary>
    public int Count { get; private set; }

    /// <summary>Their mean; NaN for none.</summary>
    public readonly double Mean => Count == 0 ? double.NaN : _mean;

    /// <summary>Their standard deviation, of all of them as a whole population; NaN for none.</summary>
    public readonly double Deviation => Count == 0 ? double.NaN : Math.Sqrt(_squares / Count);

    /// <summary>Takes the next.</summary>
    public void Add(double value)
    {
        Count++;
        double distance = value - _mean;
        _mean += distance / Count;
        _squares += distance * (value - _mean);
    }
}
