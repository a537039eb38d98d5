namespace Vittne.Trails.Lists;

/// <summary>What a list says of its indicators.</summary>
/// <param name="Info">What they are.</param>
/// <param name="Reference">Who says so.</param>
/// <param name="Category">Where the list stands.</param>
internal sealed record TrailMeta(string Info, string Reference, TrailCategory Category)
{
    /// <summary>Old finds: they name an indicator only when no other list of the category does.</summary>
    public bool IsHistory { get; } = Info.Contains("history", StringComparison.OrdinalIgnoreCase);

    /// <summary>How urgent a sighting is.</summary>
    public Severity Severity { get; } = SeverityRules.Of(Info, Reference);

    /// <summary>Order of two sayings about one indicator, the better first, as far as it does not depend on how often each is said.</summary>
    public static int CompareStanding(TrailMeta a, TrailMeta b)
    {
        int order = a.Category.CompareTo(b.Category);
        order = order != 0 ? order : a.IsHistory.CompareTo(b.IsHistory);
        return order != 0 ? order : b.Severity.CompareTo(a.Severity);
    }

    /// <summary>Order by text: the last resort, so that the order is total.</summary>
    public static int CompareText(TrailMeta a, TrailMeta b)
    {
        int order = string.CompareOrdinal(a.Info, b.Info);
        return order != 0 ? order : string.CompareOrdinal(a.Reference, b.Reference);
    }
}
