namespace Vittne.Trails.Index;

/// <summary>A section before it has its place in a file.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record BuiltSection(SectionId Id, byte[] Bytes)
{
    /// <summary>First describing number; what it says depends on the section.</summary>
    public uint P0 { get; init; }

    /// <summary>Second describing number.</summary>
    public uint P1 { get; init; }

    /// <summary>Third describing number.</summary>
    public uint P2 { get; init; }

    /// <summary>Fourth describing number.</summary>
    public uint P3 { get; init; }

    /// <summary>Fifth describing number.</summary>
    public uint P4 { get; init; }
}
