namespace Vittne.Trails.Export;

/// <summary>Two sets, IPv4 and IPv6, for <c>ipset restore</c>. A set of networks takes addresses too.</summary>
internal sealed class IpsetExporter(TextWriter output) : ITrailExporter
{
    private const string V4 = "vittne-v4";

    private const string V6 = "vittne-v6";

    /// <inheritdoc/>
    public void Begin() => output.Write($"create {V4} hash:net family inet maxelem 16777216\ncreate {V6} hash:net family inet6 maxelem 16777216\n");

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        if (trail.Kind is not (TrailKind.Address or TrailKind.Network))
        {
            return false;
        }

        output.Write($"add {(trail.Indicator.Contains(':', StringComparison.Ordinal) ? V6 : V4)} {trail.Indicator}\n");
        return true;
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
