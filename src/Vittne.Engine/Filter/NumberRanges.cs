using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Vittne.Engine.Filter;

/// <summary>A choice of packet numbers such as <c>1-5,9,100-</c>. Numbers are asked for in rising order.</summary>
public sealed class NumberRanges
{
    private readonly (long First, long Last)[] _ranges;
    private int _next;

    private NumberRanges((long First, long Last)[] ranges) => _ranges = ranges;

    /// <summary>The last number that can be in it.</summary>
    public long Last => _ranges[^1].Last;

    /// <summary>Reads a choice; single numbers and ranges in any order, an open range has no last number.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NumberRanges? ranges)
    {
        ArgumentNullException.ThrowIfNull(text);
        ranges = null;
        var found = new List<(long First, long Last)>();
        foreach (string part in text.Split(','))
        {
            int dash = part.IndexOf('-', StringComparison.Ordinal);
            string from = dash < 0 ? part : part[..dash], to = dash < 0 ? part : part[(dash + 1)..];
            long last = long.MaxValue;
            if (!TryNumber(from, out long first) || (to.Length > 0 && !TryNumber(to, out last)) || last < first)
            {
                return false;
            }

            found.Add((first, last));
        }

        found.Sort();
        var joined = new List<(long First, long Last)> { found[0] };
        foreach ((long first, long last) in found)
        {
            if (first <= joined[^1].Last)
            {
                joined[^1] = (joined[^1].First, Math.Max(last, joined[^1].Last));
            }
            else
            {
                joined.Add((first, last));
            }
        }

        ranges = new NumberRanges([.. joined]);
        return true;
    }

    /// <summary>Whether a number, not less than the one asked for before, is in the choice.</summary>
    public bool Contains(long number)
    {
        while (_next < _ranges.Length && number > _ranges[_next].Last)
        {
            _next++;
        }

        return _next < _ranges.Length && number >= _ranges[_next].First;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
