using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>The rules that keep indicators out, made of the whitelists and ranges among the lists.</summary>
internal sealed class Cleanup
{
    private const int CdnRange = 0;

    private const int BogonRange = 1;

    private const int ShortestV4 = 8;

    private const int ShortestV6 = 16;

    private readonly TextPool _exact = new();
    private readonly NetworkTable _networks;
    private readonly NetworkTable _ranges;
    private readonly bool _allowsWide;
    private readonly int _minimumFeeds;

    /// <summary>The rules of a set of lists.</summary>
    public Cleanup(IEnumerable<ParsedList> lists, TrailBuildOptions options)
    {
        _allowsWide = options.AllowWide;
        _minimumFeeds = options.MinimumFeeds;
        var networks = new HashSet<IpNetwork>();
        var ranges = new HashSet<(IpNetwork, int)>();
        foreach (ParsedList list in lists)
        {
            if (list.Format == ListFormat.Whitelist)
            {
                foreach (ref readonly ListEntry entry in list.Entries)
                {
                    AddWhitelisted(entry.Kind, list.KeyOf(entry), networks);
                }
            }

            ranges.UnionWith(list.Ranges.Select(range => (range, list.Format == ListFormat.BogonRanges ? BogonRange : CdnRange)));
        }

        WhitelistRanges = NetworkTableBuilder.Build(SectionId.WhitelistRanges, networks.Select(network => (network, 0)));
        CleanupRanges = NetworkTableBuilder.Build(SectionId.CleanupRanges, ranges);
        _networks = Table(WhitelistRanges);
        _ranges = Table(CleanupRanges);
    }

    /// <summary>Addresses and networks of the whitelists.</summary>
    public BuiltSection WhitelistRanges { get; }

    /// <summary>Networks of the clean-up.</summary>
    public BuiltSection CleanupRanges { get; }

    /// <summary>Whitelisted indicators that are neither address nor network: the kind in a byte, then the key.</summary>
    public TextPool Exact => _exact;

    /// <summary>The rule that keeps an indicator out; <see cref="DropRule.None"/> for none.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="key">Its key.</param>
    /// <param name="info">What it stands for.</param>
    /// <param name="isFinal">True when the whitelist alone counts.</param>
    /// <param name="scratch">Room for the key and a byte.</param>
    public DropRule RuleFor(TrailKind kind, ReadOnlySpan<byte> key, string info, bool isFinal, Span<byte> scratch)
    {
        if (IsWhitelisted(kind, key, scratch))
        {
            return DropRule.Whitelisted;
        }

        if (kind == TrailKind.Network && !_allowsWide)
        {
            IpNetwork network = KeyText.ReadNetwork(key);
            if (network.WrittenBits < (network.IsV4 ? ShortestV4 : ShortestV6))
            {
                return DropRule.TooWide;
            }
        }

        if (isFinal)
        {
            return DropRule.None;
        }

        if (kind == TrailKind.Domain && key.StartsWith("localhost"u8))
        {
            return DropRule.Local;
        }

        if (!TryAddress(kind, key, out Packets.IpAddress address))
        {
            return DropRule.None;
        }

        if (address.IsV4 && ((uint)address.Low >> 24 == 127 || (uint)address.Low >> 16 == 0xC0A8))
        {
            return DropRule.Local;
        }

        // Parked and sinkholed names share such addresses, and that is what these lists tell.
        return !_ranges.TryFind(address, out int range) || info.Contains("parking", StringComparison.Ordinal) || info.Contains("sinkhole", StringComparison.Ordinal)
            ? DropRule.None
            : range == BogonRange ? DropRule.Bogon : DropRule.ContentDelivery;
    }

    /// <summary>The rule that keeps out an indicator that only feeds tell.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="key">Its key.</param>
    /// <param name="severity">How urgent the best saying makes it.</param>
    /// <param name="feeds">How many feeds tell it.</param>
    public DropRule RuleForFeeds(TrailKind kind, ReadOnlySpan<byte> key, Severity severity, int feeds) =>
        kind == TrailKind.Address && severity == Severity.Low && feeds < _minimumFeeds ? DropRule.FewFeeds
        : kind == TrailKind.Domain && !key.ContainsAnyExceptInRange((byte)'a', (byte)'z') ? DropRule.SingleWord
        : DropRule.None;

    private static bool TryAddress(TrailKind kind, ReadOnlySpan<byte> key, out Packets.IpAddress address)
    {
        address = default;
        switch (kind)
        {
            case TrailKind.Address or TrailKind.Network:
                address = KeyText.ReadAddress(key);
                return true;
            case TrailKind.Endpoint:
                address = KeyText.ReadAddress(key[..^sizeof(ushort)]);
                return true;
            case TrailKind.Url or TrailKind.HostSlash:
                ReadOnlySpan<byte> host = key[..key.IndexOf((byte)'/')];
                int colon = host.IndexOf((byte)':');
                bool isV4 = AddressText.TryParseV4(colon < 0 ? host : host[..colon], out uint v4);
                address = Packets.IpAddress.FromV4(v4);
                return isV4;
            default:
                return false;
        }
    }

    private static NetworkTable Table(BuiltSection section) => new(
        new IndexBytes(section.Bytes),
        new IndexSection(section.Id, 0, section.Bytes.Length, 0, section.P0, section.P1, 0, 0, 0),
        "");

    private bool IsWhitelisted(TrailKind kind, ReadOnlySpan<byte> key, Span<byte> scratch) => kind == TrailKind.Address
        ? _networks.TryFind(KeyText.ReadAddress(key), out _)
        : _exact.Count > 0 && _exact.Contains(KeyText.WriteTyped(kind, key, scratch));

    private void AddWhitelisted(TrailKind kind, ReadOnlySpan<byte> key, HashSet<IpNetwork> networks)
    {
        if (kind == TrailKind.Address)
        {
            networks.Add(new IpNetwork(KeyText.ReadAddress(key), 128));
        }
        else if (kind == TrailKind.Network)
        {
            networks.Add(KeyText.ReadNetwork(key));
        }
        else
        {
            Span<byte> typed = stackalloc byte[IndicatorParser.MaxLength + 1];
            _exact.Add(KeyText.WriteTyped(kind, key, typed));
        }
    }
}
