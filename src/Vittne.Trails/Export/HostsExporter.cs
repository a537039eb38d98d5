namespace Vittne.Trails.Export;

/// <summary>Hosts file that sends names nowhere. It holds each name alone, not those below.</summary>
internal sealed class HostsExporter(TextWriter output) : ITrailExporter
{
    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        if (trail.Kind != TrailKind.Domain || !trail.Indicator.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }

        output.Write($"0.0.0.0 {trail.Indicator}\n");
        return true;
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
