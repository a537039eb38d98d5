using System.Text;
using System.Text.RegularExpressions;
using Vittne.Packets;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

/// <summary>Trails in dictionaries: what the compiled index answers, in the plainest way.</summary>
internal sealed class FakeTrailIndex : ITrailIndex
{
    private readonly List<Trail> _trails = [];
    private readonly Dictionary<(TrailKind Kind, string Key), int> _exact = [];
    private readonly List<(IpAddress Network, int Bits, int Trail)> _networks = [];
    private readonly List<(Regex Pattern, int Trail)> _domainPatterns = [];
    private readonly List<(Regex Pattern, int Trail)> _userAgents = [];
    private readonly HashSet<string> _whitelist = [];

    public long Count => _trails.Count;

    public bool Holds(TrailKind kind) => _trails.Exists(trail => trail.Kind == kind);

    public FakeTrailIndex Add(TrailKind kind, string indicator, string info = "malware (test)")
    {
        int number = _trails.Count;
        _trails.Add(new Trail
        {
            Indicator = indicator,
            Kind = kind,
            Info = info,
            Reference = "(static)",
            Severity = Severity.High,
            Sources = [],
        });
        switch (kind)
        {
            case TrailKind.Network:
                string[] parts = indicator.Split('/');
                _networks.Add((Address(parts[0]), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), number));
                break;
            case TrailKind.DomainPattern:
                _domainPatterns.Add((new Regex(indicator), number));
                break;
            case TrailKind.UserAgent:
                _userAgents.Add((new Regex(indicator, RegexOptions.IgnoreCase), number));
                break;
            case TrailKind.Path or TrailKind.HostSlash:
                _exact[(TrailKind.Url, indicator)] = number;
                break;
            default:
                _exact[(kind, indicator)] = number;
                break;
        }

        return this;
    }

    public FakeTrailIndex Whitelist(string entry)
    {
        _whitelist.Add(entry);
        return this;
    }

    public static IpAddress Address(string text) =>
        AddressText.TryParse(Encoding.ASCII.GetBytes(text), out IpAddress address) ? address : throw new ArgumentException(text, nameof(text));

    public bool TryFindAddress(in IpAddress address, out int trail)
    {
        if (_exact.TryGetValue((TrailKind.Address, address.ToString()), out trail))
        {
            return true;
        }

        foreach ((IpAddress network, int bits, int number) in _networks)
        {
            if (network.IsV4 && address.IsV4 && (uint)network.Low >> (32 - bits) == (uint)address.Low >> (32 - bits))
            {
                trail = number;
                return true;
            }
        }

        return false;
    }

    public bool TryFindEndpoint(in IpAddress address, ushort port, out int trail) =>
        _exact.TryGetValue((TrailKind.Endpoint, AddressText.OfEndpoint(address, port)), out trail);

    public bool TryFindDomain(ReadOnlySpan<byte> name, out int trail, out int start)
    {
        string text = Encoding.ASCII.GetString(name);
        for (start = 0; start < text.Length;)
        {
            if (_exact.TryGetValue((TrailKind.Domain, text[start..]), out trail))
            {
                return true;
            }

            int dot = text.IndexOf('.', start);
            start = dot < 0 ? text.Length : dot + 1;
        }

        trail = 0;
        return false;
    }

    public bool TryFindUrl(ReadOnlySpan<byte> key, out int trail) =>
        _exact.TryGetValue((TrailKind.Url, Encoding.UTF8.GetString(key)), out trail);

    public bool TryFindFingerprint(TrailKind kind, ReadOnlySpan<byte> key, out int trail) =>
        _exact.TryGetValue((kind, Encoding.ASCII.GetString(key)), out trail);

    public bool TryFindDomainPattern(ReadOnlySpan<byte> name, out int trail, out int start, out int length) =>
        TryFindPattern(_domainPatterns, name, out trail, out start, out length);

    public bool TryFindUserAgent(ReadOnlySpan<byte> value, out int trail, out int start, out int length) =>
        TryFindPattern(_userAgents, value, out trail, out start, out length);

    public bool IsWhitelisted(in IpAddress address) => _whitelist.Contains(address.ToString());

    public bool IsWhitelistedDomain(ReadOnlySpan<byte> name)
    {
        string text = Encoding.ASCII.GetString(name);
        foreach (string entry in _whitelist)
        {
            if (text == entry || text.EndsWith("." + entry, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public Trail Get(int trail) => _trails[trail];

    private static bool TryFindPattern(
        List<(Regex Pattern, int Trail)> patterns, ReadOnlySpan<byte> text, out int trail, out int start, out int length)
    {
        (trail, start, length) = (0, -1, 0);
        string value = Encoding.Latin1.GetString(text);
        foreach ((Regex pattern, int number) in patterns)
        {
            Match match = pattern.Match(value);
            if (match.Success && (start < 0 || match.Index < start))
            {
                (trail, start, length) = (number, match.Index, match.Length);
            }
        }

        return start >= 0;
    }
}
