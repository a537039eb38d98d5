using Vittne.Trails.Lists;

namespace Vittne.Trails.Export;

/// <summary>Response policy zone: names with all below, and addresses in answers.</summary>
internal sealed class ZoneExporter(TextWriter output) : ITrailExporter
{
    /// <inheritdoc/>
    public void Begin() => output.Write("$TTL 60\n@ SOA localhost. root.localhost. 1 3600 900 604800 60\n@ NS localhost.\n");

    /// <inheritdoc/>
    public bool TryWrite(Trail trail)
    {
        switch (trail.Kind)
        {
            case TrailKind.Domain:
                output.Write($"{trail.Indicator} CNAME .\n*.{trail.Indicator} CNAME .\n");
                return true;
            case TrailKind.Address or TrailKind.Network:
                output.Write($"{ZoneAddress.Write(IpNetwork.Parse(trail.Indicator)[0])} CNAME .\n");
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void End()
    {
    }
}
