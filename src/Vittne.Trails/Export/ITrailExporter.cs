namespace Vittne.Trails.Export;

/// <summary>Writes trails in one format, in the order in which they come.</summary>
internal interface ITrailExporter
{
    /// <summary>Writes what stands before the trails.</summary>
    void Begin();

    /// <summary>Writes a trail; false when the format cannot hold it.</summary>
    bool TryWrite(Trail trail);

    /// <summary>Writes what stands behind the trails.</summary>
    void End();
}
