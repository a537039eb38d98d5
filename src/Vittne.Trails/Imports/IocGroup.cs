namespace Vittne.Trails.Imports;

/// <summary>An <c>Indicator</c> element of an OpenIOC document: items and groups joined by AND or OR.</summary>
/// <param name="joins">True for AND.</param>
/// <param name="isJoined">True when a group around it joins by AND.</param>
internal sealed class IocGroup(bool joins, bool isJoined)
{
    /// <summary>True for AND.</summary>
    public bool Joins { get; } = joins;

    /// <summary>True when a group around it joins by AND.</summary>
    public bool IsJoined { get; } = isJoined;

    /// <summary>True when there are groups within.</summary>
    public bool HasGroups { get; set; }

    /// <summary>The items that lie in it directly.</summary>
    public List<IocItem> Items { get; } = [];
}
