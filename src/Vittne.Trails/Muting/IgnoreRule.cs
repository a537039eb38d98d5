using System.Globalization;
using System.IO.Enumeration;
using Vittne.Packets;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Muting;

/// <summary>
/// A rule for events to ignore: <c>src_ip;src_port;dst_ip;dst_port</c>, each <c>*</c>, one value, a network or a range, and behind them (or
/// alone) <c>trail=</c>, <c>info=</c>, <c>type=</c> and <c>until=</c>. All parts of a rule must hold.
/// </summary>
public sealed class IgnoreRule
{
    private const int Columns = 4;

    private List<IpNetwork>? _sources;
    private List<IpNetwork>? _destinations;
    private (int First, int Last) _sourcePorts = (0, ushort.MaxValue);
    private (int First, int Last) _destinationPorts = (0, ushort.MaxValue);
    private string? _trail;
    private string? _info;
    private string? _type;

    private IgnoreRule(string text) => Text = text;

    /// <summary>The rule as written.</summary>
    public string Text { get; }

    /// <summary>When it ends to apply, in seconds since the epoch; <see cref="long.MaxValue"/> for never.</summary>
    public long UntilSeconds { get; private set; } = long.MaxValue;

    /// <summary>Reads a rule.</summary>
    public static bool TryParse(string text, out IgnoreRule rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        rule = new IgnoreRule(text);
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries);
        int named = Array.FindIndex(parts, part => part.Contains('=', StringComparison.Ordinal));
        int columns = named < 0 ? parts.Length : named;
        if (columns != Columns && (columns != 0 || named < 0))
        {
            return false;
        }

        if (columns == Columns && !(TryAddresses(parts[0], ref rule._sources) && TryPorts(parts[1], ref rule._sourcePorts)
            && TryAddresses(parts[2], ref rule._destinations) && TryPorts(parts[3], ref rule._destinationPorts)))
        {
            return false;
        }

        foreach (string part in parts.AsSpan(columns))
        {
            if (part.Length > 0 && !rule.TryNamed(part))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the rule holds for an event.</summary>
    public bool Matches(in SeenThreat seen) =>
        Holds(_sources, seen.Source) && Holds(_destinations, seen.Destination)
        && seen.SourcePort >= _sourcePorts.First && seen.SourcePort <= _sourcePorts.Last
        && seen.DestinationPort >= _destinationPorts.First && seen.DestinationPort <= _destinationPorts.Last
        && (_type is null || seen.Threat.Type.ToString().Equals(_type, StringComparison.OrdinalIgnoreCase))
        && (_trail is null || IsLike(_trail, seen.Threat.Trail) || IsLike(_trail, seen.Threat.Indicator))
        && (_info is null || IsLike(_info, seen.Threat.Info));

    private static bool IsLike(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text);

    private static bool Holds(List<IpNetwork>? networks, IpAddress address)
    {
        if (networks is null)
        {
            return true;
        }

        foreach (IpNetwork network in networks)
        {
            if (network.Holds(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryAddresses(string text, ref List<IpNetwork>? networks)
    {
        if (text == "*")
        {
            return true;
        }

        networks = IpNetwork.Parse(text);
        return networks.Count > 0;
    }

    private static bool TryPorts(string text, ref (int First, int Last) ports)
    {
        if (text is "*" or "-")
        {
            return true;
        }

        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string last = dash < 0 ? text : text[(dash + 1)..];
        bool isPort = ushort.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out ushort from)
            & ushort.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out ushort to);
        ports = (from, to);
        return isPort && from <= to;
    }

    private bool TryNamed(string part)
    {
        int sign = part.IndexOf('=', StringComparison.Ordinal);
        string value = sign < 0 ? "" : part[(sign + 1)..].Trim();
        switch (sign < 0 ? "" : part[..sign].Trim().ToLowerInvariant())
        {
            case "trail":
                _trail = value;
                break;
            case "info":
                _info = value;
                break;
            case "type":
                _type = value;
                return Enum.GetNames<EventType>().Contains(value, StringComparer.OrdinalIgnoreCase);
            case "until":
                bool isDate = MuteTime.TryParse(value, out long until);
                UntilSeconds = until;
                return isDate;
            default:
                return false;
        }

        return value.Length > 0;
    }
}
