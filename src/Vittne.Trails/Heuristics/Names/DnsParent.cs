namespace Vittne.Trails.Heuristics.Names;

/// <summary>Which part of a name somebody registered: the labels below are that somebody's to make up.</summary>
internal static class DnsParent
{
    /// <summary>Second-level labels under which country registries register third-level names.</summary>
    private static readonly string[] SecondLevels =
        ["ac", "co", "com", "edu", "gob", "gov", "gouv", "ltd", "mil", "ne", "net", "nom", "or", "org", "plc", "sch"];

    /// <summary>
    /// Where the parent begins in a name without final dot; 0 when the name is the parent itself. Two labels; three when the name has more
    /// than three and the second-level label has at most three letters (<c>a.b.co.uk</c>, Maltrail's rule), or when that label is one
    /// that country registries use (<c>a.co.uk</c>).
    /// </summary>
    public static int StartOf(ReadOnlySpan<char> name)
    {
        int lastDot = name.LastIndexOf('.');
        if (lastDot < 0)
        {
            return 0;
        }

        int secondDot = name[..lastDot].LastIndexOf('.');
        if (secondDot < 0)
        {
            return 0;
        }

        ReadOnlySpan<char> secondLevel = name[(secondDot + 1)..lastDot];
        int thirdDot = name[..secondDot].LastIndexOf('.');
        bool isDeep = thirdDot >= 0 && secondLevel.Length <= 3;
        bool isRegistry = name.Length - lastDot == 3 && IsSecondLevel(secondLevel);
        return isDeep || isRegistry ? thirdDot + 1 : secondDot + 1;
    }

    /// <summary>Where the last two labels begin: how events show names.</summary>
    public static int StartOfLastTwo(ReadOnlySpan<char> name)
    {
        int lastDot = name.LastIndexOf('.');
        return lastDot < 0 ? 0 : name[..lastDot].LastIndexOf('.') + 1;
    }

    private static bool IsSecondLevel(ReadOnlySpan<char> label)
    {
        foreach (string secondLevel in SecondLevels)
        {
            if (label.SequenceEqual(secondLevel))
            {
                return true;
            }
        }

        return false;
    }
}
