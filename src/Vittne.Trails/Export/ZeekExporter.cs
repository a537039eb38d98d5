namespace Vittne.Trails.Export;

/// <summary>File for Zeek's intelligence framework: tab-separated, one field line in front.</summary>
internal sealed class ZeekExporter(TextWriter output) : ITrailExporter
{
    /// <inheritdoc/>
    public void Begin() => output.Write("#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n");

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        string type = trail.Kind switch
        {
            TrailKind.Address => "ADDR",
            TrailKind.Network => "SUBNET",
            TrailKind.Domain => "DOMAIN",
            TrailKind.Url or TrailKind.HostSlash => "URL",
            TrailKind.Certificate when trail.Indicator.Length == 40 => "CERT_HASH",
            TrailKind.FileHash => "FILE_HASH",
            _ => "",
        };
        if (type.Length == 0)
        {
            return false;
        }

        output.Write($"{Field(trail.Indicator)}\tIntel::{type}\t{Field(trail.Reference)}\t{Field(trail.Info)}\n");
        return true;
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    private static string Field(string text) => text.Length == 0 ? "-" : text.Replace("\\", "\\x5c", StringComparison.Ordinal).Replace("\t", "\\x09", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
