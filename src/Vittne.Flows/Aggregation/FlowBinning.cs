using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>
/// Bins of time in UTC. Seconds, minutes, hours and days are counted from midnight of January 1st, so the last bin of a year may be shorter; weeks
/// begin on Monday, months and years with their first day.
/// </summary>
public sealed class FlowBinning
{
    private const long SecondNs = 1_000_000_000;
    private const long DayNs = 86_400 * SecondNs;
    private const long WeekNs = 7 * DayNs;
    private const long NsPerTick = 100;
    private const int MaxCount = 1_000_000;

    // The first Monday after the epoch, a Thursday.
    private const long MondayNs = 4 * DayNs;

    private readonly int _count;
    private readonly char _unit;
    private long _cachedStart = 1;
    private long _cachedEnd;

    private FlowBinning(int count, char unit)
    {
        _count = count;
        _unit = unit;
    }

    /// <summary>Reads <c>5m</c>, <c>1h</c>, <c>2M</c>: a number and one of <c>s m h d w M y</c>; seconds without one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FlowBinning? binning)
    {
        binning = null;
        char unit = text.Length > 0 && char.IsAsciiDigit(text[^1]) ? 's' : text.LastOrDefault();
        string number = text.TrimEnd(unit);
        if ("smhdwMy".Contains(unit, StringComparison.Ordinal) && text.Length - number.Length <= 1
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= MaxCount)
        {
            binning = new FlowBinning(count, unit);
        }

        return binning is not null;
    }

    /// <summary>Where the bin of a time begins, nanoseconds since the epoch.</summary>
    public long StartOf(long ns)
    {
        Find(ns);
        return _cachedStart;
    }

    /// <summary>Where the bin of a time ends: the first nanosecond of the next one.</summary>
    public long EndOf(long ns)
    {
        Find(ns);
        return _cachedEnd;
    }

    /// <summary>Where the bin of a record's first packet begins; -1 when the record has no time.</summary>
    public long BinOf(FlowRecord record) => record.FirstNs < 0 ? -1 : StartOf(record.FirstNs);

    private void Find(long ns)
    {
        if (ns >= _cachedStart && ns < _cachedEnd)
        {
            return;
        }

        (_cachedStart, _cachedEnd) = _unit switch
        {
            'w' => Weeks(ns),
            'M' => Months(ns),
            'y' => Years(ns),
            _ => WithinYear(ns),
        };
    }

    private (long Start, long End) WithinYear(long ns)
    {
        long width = _count * (_unit switch
        {
            's' => SecondNs,
            'm' => 60 * SecondNs,
            'h' => 3_600 * SecondNs,
            _ => DayNs,
        });
        int year = Time(ns).Year;
        long january = OfYear(year);
        long start = ns - ((ns - january) % width);
        return (start, Math.Min(start + width, OfYear(year + 1)));
    }

    private (long Start, long End) Weeks(long ns)
    {
        long width = _count * WeekNs;
        long offset = (ns - MondayNs) % width;
        long start = ns - (offset < 0 ? offset + width : offset);
        return (start, start + width);
    }

    private (long Start, long End) Months(long ns)
    {
        DateTime time = Time(ns);
        int month = ((time.Year - 1970) * 12) + time.Month - 1;
        month -= month % _count;
        return (OfMonth(month), OfMonth(month + _count));
    }

    private (long Start, long End) Years(long ns)
    {
        int year = Time(ns).Year;
        year -= (year - 1970) % _count;
        return (OfYear(year), OfYear(year + _count));
    }

    private static DateTime Time(long ns) => DateTime.UnixEpoch.AddTicks(ns / NsPerTick);

    private static long OfYear(int year) => OfMonth((year - 1970) * 12);

    // 2^63 ns end in the year 2262.
    private static long OfMonth(int month) => month >= (2262 - 1970) * 12 ? long.MaxValue : (DateTime.UnixEpoch.AddMonths(month) - DateTime.UnixEpoch).Ticks * NsPerTick;
}
