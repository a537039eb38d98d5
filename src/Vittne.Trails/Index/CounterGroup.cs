namespace Vittne.Trails.Index;

/// <summary>What a counter of the build counts. Stands in index files.</summary>
internal enum CounterGroup : uint
{
    /// <summary>Trails by <see cref="TrailKind"/>.</summary>
    Kind = 1,

    /// <summary>Trails by <see cref="TrailCategory"/>.</summary>
    Category = 2,

    /// <summary>Dropped indicators by <see cref="DropRule"/>.</summary>
    Drop = 3,

    /// <summary>Lines by <see cref="Lists.LineFault"/>.</summary>
    Fault = 4,
}
