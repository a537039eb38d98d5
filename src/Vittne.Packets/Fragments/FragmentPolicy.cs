namespace Vittne.Packets.Fragments;

/// <summary>
/// Which bytes count where an IP fragment overlaps one that came before: what the receiving system does, after the measurements of Novak,
/// "Target-based fragmentation reassembly". <c>Old</c> is the fragment that came first, <c>new</c> the later one.
/// </summary>
public enum FragmentPolicy : byte
{
    /// <summary>Old wins unless new begins before it.</summary>
    Bsd = 0,

    /// <summary>Old always wins.</summary>
    First = 1,

    /// <summary>New always wins.</summary>
    Last = 2,

    /// <summary>New wins unless it begins before old.</summary>
    BsdRight = 3,

    /// <summary>Old wins only when it begins before new.</summary>
    Linux = 4,

    /// <summary>Old wins unless new begins before it and ends after it.</summary>
    Windows = 5,

    /// <summary>Old wins unless new begins before it and ends after or with it.</summary>
    Solaris = 6,
}
