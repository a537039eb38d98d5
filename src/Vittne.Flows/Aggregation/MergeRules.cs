namespace Vittne.Flows.Aggregation;

/// <summary>The rules by which two values become one. Negative numbers, NaN and null are unknown.</summary>
internal static class MergeRules
{
    /// <summary>Names that are kept of a union; more are not told apart by anyone.</summary>
    private const int MaxNames = 64;

    /// <summary>The value when both are equal, else unknown.</summary>
    public static long Same(long a, long b) => a == b ? a : -1;

    /// <inheritdoc cref="Same(long, long)"/>
    public static int Same(int a, int b) => a == b ? a : -1;

    /// <inheritdoc cref="Same(long, long)"/>
    public static short Same(short a, short b) => a == b ? a : (short)-1;

    /// <inheritdoc cref="Same(long, long)"/>
    public static double Same(double a, double b) => a.Equals(b) ? a : double.NaN;

    /// <inheritdoc cref="Same(long, long)"/>
    public static string? Same(string? a, string? b) => string.Equals(a, b, StringComparison.Ordinal) ? a : null;

    /// <inheritdoc cref="Same(long, long)"/>
    public static T[]? Same<T>(T[]? a, T[]? b)
        where T : IEquatable<T> => a.AsSpan().SequenceEqual(b) ? a : null;

    /// <summary>The value of the later one of two records; of the other where that tells none.</summary>
    public static string? Last(string? a, string? b, bool isSecondLater) => isSecondLater ? b ?? a : a ?? b;

    /// <inheritdoc cref="Last(string?, string?, bool)"/>
    public static long Last(long a, long b, bool isSecondLater) => isSecondLater ? (b < 0 ? a : b) : (a < 0 ? b : a);

    /// <summary>The smaller of the known ones.</summary>
    public static long Smaller(long a, long b) => a < 0 ? b : b < 0 ? a : Math.Min(a, b);

    /// <inheritdoc cref="Smaller(long, long)"/>
    public static short Smaller(short a, short b) => a < 0 ? b : b < 0 ? a : Math.Min(a, b);

    /// <summary>All bits of the known ones.</summary>
    public static short Bits(short a, short b) => a < 0 ? b : b < 0 ? a : (short)(a | b);

    /// <summary>All names of both, in order.</summary>
    public static string[]? Union(string[]? a, string[]? b)
    {
        if (a is null || b is null || ReferenceEquals(a, b))
        {
            return a ?? b;
        }

        var names = new SortedSet<string>(a, StringComparer.Ordinal);
        names.UnionWith(b);
        return names.Count == a.Length && names.SetEquals(a) ? a : [.. names.Take(MaxNames)];
    }
}
