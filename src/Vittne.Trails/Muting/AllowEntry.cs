using System.Text.Json;
using Vittne.Packets;
using Vittne.Trails.Export;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Muting;

/// <summary>An indicator that the user has looked at and does not want to be told of, with the reason, and where and how long that holds.</summary>
public sealed class AllowEntry
{
    private readonly List<IpNetwork> _networks;
    private readonly List<IpNetwork> _hosts;

    private AllowEntry(string indicator, TrailKind kind, string host, string until, long untilSeconds, string reason)
    {
        (Indicator, Kind, Host, Until, UntilSeconds, Reason) = (indicator, kind, host, until, untilSeconds, reason);
        _networks = kind is TrailKind.Address or TrailKind.Network ? IpNetwork.Parse(indicator) : [];
        _hosts = host.Length > 0 ? IpNetwork.Parse(host) : [];
    }

    /// <summary>The indicator, canonical.</summary>
    public string Indicator { get; }

    /// <summary>What it is.</summary>
    public TrailKind Kind { get; }

    /// <summary>Network of the hosts for which it holds; empty for all.</summary>
    public string Host { get; }

    /// <summary>Date or time at which it ends, as written; empty for never.</summary>
    public string Until { get; }

    /// <summary>First second since the epoch at which it no longer holds.</summary>
    public long UntilSeconds { get; }

    /// <summary>Why it is allowed.</summary>
    public string Reason { get; }

    /// <summary>Makes an entry; otherwise the problem completes "vittne: …".</summary>
    public static bool TryCreate(string indicator, string host, string until, string reason, out AllowEntry? entry, out string problem)
    {
        entry = null;
        var parser = new IndicatorParser();
        LineFault fault = parser.Parse(System.Text.Encoding.UTF8.GetBytes(Defanged.Restore(indicator)), IndicatorRules.Clean);
        long untilSeconds = long.MaxValue;
        problem = fault is not (LineFault.None or LineFault.HostBits) || parser.Range.Count > 0 ? $"'{indicator}' is no indicator that can be allowed"
            : host.Length > 0 && IpNetwork.Parse(host).Count == 0 ? $"--host '{host}' is no network; write 198.51.100.0/24"
            : until.Length > 0 && !MuteTime.TryParse(until, out untilSeconds) ? $"--until '{until}' is no date; write 2026-12-31"
            : "";
        if (problem.Length > 0)
        {
            return false;
        }

        entry = new AllowEntry(KeyText.Of(parser.Kind, parser.Key), parser.Kind, host, until, untilSeconds, reason);
        return true;
    }

    /// <summary>True when the entry speaks of an indicator: itself, a name below, an address within.</summary>
    public bool Covers(TrailKind? kind, string indicator)
    {
        if (kind is null)
        {
            return false;
        }

        if (kind == Kind && string.Equals(indicator, Indicator, StringComparison.Ordinal))
        {
            return true;
        }

        return Kind switch
        {
            TrailKind.Domain => IsWithin(NameOf(kind.Value, indicator)),
            TrailKind.Address or TrailKind.Network => kind is TrailKind.Address or TrailKind.Endpoint or TrailKind.Network && HoldsAll(kind.Value, indicator),
            _ => false,
        };
    }

    /// <summary>True when an event is not to be told.</summary>
    public bool Mutes(in SeenThreat seen)
    {
        ThreatRecord threat = seen.Threat;
        return IsInScope(seen)
            && (Covers(threat.Matched?.Kind, threat.Matched?.Indicator ?? "")
                || (Kind == TrailKind.Domain && IsWithin(NameIn(threat)))
                || (_networks.Count > 0 && threat.Type != EventType.Dns && (Holds(_networks, seen.Source) || Holds(_networks, seen.Destination)))
                || (threat.Matched is null && string.Equals(threat.Indicator, Indicator, StringComparison.Ordinal)));
    }

    /// <summary>Writes the entry as an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("indicator", TypedText.Of(Kind, Indicator));
        if (Host.Length > 0)
        {
            json.WriteString("host", Host);
        }

        if (Until.Length > 0)
        {
            json.WriteString("until", Until);
        }

        json.WriteString("reason", Reason);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Indicator}{(Host.Length > 0 ? $" for {Host}" : "")}{(Until.Length > 0 ? $" until {Until}" : "")}: {Reason}";

    private static bool Holds(List<IpNetwork> networks, IpAddress address)
    {
        foreach (IpNetwork network in networks)
        {
            if (network.Holds(address))
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(TrailKind kind, string indicator)
    {
        if (kind is TrailKind.Domain)
        {
            return indicator;
        }

        int slash = indicator.IndexOf('/', StringComparison.Ordinal);
        if (kind is not (TrailKind.Url or TrailKind.HostSlash) || slash <= 0)
        {
            return "";
        }

        int colon = indicator.LastIndexOf(':', slash - 1);
        return indicator[..(colon > 0 ? colon : slash)];
    }

    /// <summary>The name that an event is about: a name is shown with its upper part in parentheses, a URL as host and path.</summary>
    private static string NameIn(ThreatRecord threat)
    {
        string plain = threat.Trail.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        return threat.Type switch
        {
            EventType.Dns => plain,
            EventType.Url or EventType.Http => NameOf(TrailKind.Url, plain),
            _ => "",
        };
    }

    private bool IsInScope(in SeenThreat seen) => _hosts.Count == 0 || Holds(_hosts, seen.Source) || Holds(_hosts, seen.Threat.Flow.Source);

    private bool IsWithin(string name) => name.EndsWith(Indicator, StringComparison.OrdinalIgnoreCase)
        && (name.Length == Indicator.Length || name[name.Length - Indicator.Length - 1] == '.');

    private bool HoldsAll(TrailKind kind, string indicator)
    {
        List<IpNetwork> asked = IpNetwork.Parse(kind == TrailKind.Endpoint ? TypedText.Split(indicator).Address : indicator);
        return asked.Count == 1 && Holds(_networks, asked[0].First) && Holds(_networks, asked[0].Last);
    }
}
