namespace Vittne.Trails.Lists;

/// <summary>Faults as they stand in output.</summary>
public static class LineFaultWords
{
    /// <summary>How many faults there are, <see cref="LineFault.None"/> included.</summary>
    internal const int Count = (int)LineFault.NotForDetection + 1;

    /// <summary>The fault in words that complete "the line …".</summary>
    public static string Of(LineFault fault) => fault switch
    {
        LineFault.NotAnIndicator => "holds no indicator",
        LineFault.BadName => "holds a name that cannot be",
        LineFault.BadAddress => "holds an address that cannot be",
        LineFault.BadPort => "holds a port that cannot be",
        LineFault.BadHash => "holds a hash of the wrong form",
        LineFault.BadPattern => "holds a pattern that does not compile",
        LineFault.BadRow => "has the wrong columns",
        LineFault.TooLong => "is too long",
        LineFault.BadText => "was not UTF-8 (bad bytes replaced)",
        LineFault.HostBits => "had host bits set (cleared)",
        LineFault.Unsupported => "holds what no trail can express",
        LineFault.NotInForce => "is not in force (expired, revoked or not yet valid)",
        LineFault.NotForDetection => "is not meant for detection",
        _ => "is good",
    };

    /// <summary>Stable name, for JSON.</summary>
    public static string Name(LineFault fault) => fault switch
    {
        LineFault.NotAnIndicator => "not_an_indicator",
        LineFault.BadName => "bad_name",
        LineFault.BadAddress => "bad_address",
        LineFault.BadPort => "bad_port",
        LineFault.BadHash => "bad_hash",
        LineFault.BadPattern => "bad_pattern",
        LineFault.BadRow => "bad_row",
        LineFault.TooLong => "too_long",
        LineFault.BadText => "bad_text",
        LineFault.HostBits => "host_bits",
        LineFault.Unsupported => "unsupported",
        LineFault.NotInForce => "not_in_force",
        LineFault.NotForDetection => "not_for_detection",
        _ => "none",
    };

    /// <summary>True when something is wrong with the line itself: <c>--strict</c> minds these.</summary>
    public static bool IsBroken(LineFault fault) =>
        fault is not (LineFault.None or LineFault.BadText or LineFault.HostBits or LineFault.Unsupported or LineFault.NotInForce or LineFault.NotForDetection);

    /// <summary>True when a person should see the line: broken, or more than a trail can express.</summary>
    internal static bool IsWorthTelling(LineFault fault) => fault == LineFault.Unsupported || IsBroken(fault);

    /// <summary>True when the line was used all the same.</summary>
    public static bool WasUsed(LineFault fault) => fault is LineFault.BadText or LineFault.HostBits;
}
