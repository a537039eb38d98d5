namespace Vittne.Capture.Pcapng;

/// <summary>Turns the timestamps of an interface into nanoseconds since 1970 (pcapng section 4.2, if_tsresol and if_tsoffset).</summary>
internal readonly struct TimestampClock
{
    private const long SecondNs = 1_000_000_000;
    private const int NanosecondDigits = 9;

    /// <summary>Largest n of 10^-n that fits 64 bits.</summary>
    private const int MaxDecimalDigits = 18;

    /// <summary>Largest n of 2^-n that 128 bits can convert.</summary>
    private const int MaxBinaryDigits = 63;

    private readonly ulong _factor;
    private readonly ulong _maxUnits;
    private readonly ulong _divisor;
    private readonly int _shift;
    private readonly long _offsetSeconds;

    /// <summary>The clock of an interface.</summary>
    /// <param name="resolution">if_tsresol: bit 7 clear, 10^-n s; set, 2^-n s.</param>
    /// <param name="offsetSeconds">if_tsoffset.</param>
    public TimestampClock(byte resolution, long offsetSeconds)
    {
        int digits = resolution & 0x7F;
        bool isBinary = (resolution & 0x80) != 0;
        IsPossible = digits <= (isBinary ? MaxBinaryDigits : MaxDecimalDigits);
        _offsetSeconds = offsetSeconds;
        _divisor = 1;
        _factor = (ulong)SecondNs;
        if (!IsPossible)
        {
            return;
        }

        if (isBinary)
        {
            _shift = digits;
        }
        else if (digits <= NanosecondDigits)
        {
            _factor = Power(NanosecondDigits - digits);
            _maxUnits = offsetSeconds == 0 ? long.MaxValue / _factor : 0;
        }
        else
        {
            _factor = 1;
            _divisor = Power(digits - NanosecondDigits);
        }
    }

    /// <summary>False for a resolution that cannot be meant; all times are then 0.</summary>
    public bool IsPossible { get; }

    /// <summary>Converts a timestamp; what does not fit becomes the nearest that does, and is told.</summary>
    public long ToNs(ulong units, out bool isSaturated)
    {
        isSaturated = false;
        return units <= _maxUnits ? (long)(units * _factor) : ToNsExactly(units, out isSaturated);
    }

    private static ulong Power(int digits)
    {
        ulong power = 1;
        for (int digit = 0; digit < digits; digit++)
        {
            power *= 10;
        }

        return power;
    }

    private long ToNsExactly(ulong units, out bool isSaturated)
    {
        isSaturated = false;
        if (!IsPossible)
        {
            return 0;
        }

        // At most 2^64 * 10^9 < 2^94, and the offset adds less than 2^93: nothing overflows 127 bits.
        Int128 ns = (Int128)((((UInt128)units * _factor) >> _shift) / _divisor) + ((Int128)_offsetSeconds * SecondNs);
        isSaturated = ns > long.MaxValue || ns < long.MinValue;
        return !isSaturated ? (long)ns : ns > 0 ? long.MaxValue : long.MinValue;
    }
}
