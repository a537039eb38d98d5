using System.Text;
using Vittne.Packets;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Answers what an index knows of an indicator: itself, else what would match it, else why it was dropped.</summary>
internal sealed class TrailExplainer(TrailIndex index)
{
    private static readonly TrailKind[] DigestKinds = [TrailKind.Certificate, TrailKind.FileHash, TrailKind.Ja3, TrailKind.Ja3s, TrailKind.Hassh];

    /// <summary>Explains one indicator.</summary>
    public TrailCheck Explain(string input)
    {
        var parser = new IndicatorParser();
        LineFault fault = parser.Parse(Encoding.UTF8.GetBytes(Defanged.Restore(input)), IndicatorRules.Clean);
        if (fault != LineFault.None && !LineFaultWords.WasUsed(fault))
        {
            return new TrailCheck { Input = input, Fault = fault };
        }

        if (parser.Range.Count > 0)
        {
            parser.SetNetwork(parser.Range[0]);
        }

        TrailKind kind = parser.Kind;
        byte[] key = parser.Key.ToArray();
        Trail? match = TryMatch(kind, key, out int trail) ? index.Get(trail) : null;
        DropRule rule = DropRule.None;
        Trail? dropped = null;
        Span<byte> typed = stackalloc byte[IndicatorParser.MaxLength + 1];
        if (index.TryFindBytes(index.Table(SectionId.Drops), KeyText.WriteTyped(kind, key, typed), out int drop))
        {
            dropped = index.Rows.Dropped(drop, kind, KeyText.Of(kind, key), out rule);
        }

        return new TrailCheck
        {
            Input = input,
            Indicator = KeyText.Of(kind, key),
            Kind = kind,
            Match = match,
            IsWhitelisted = IsWhitelisted(kind, key),
            Dropped = dropped,
            DropRule = rule,
        };
    }

    private bool TryMatch(TrailKind kind, byte[] key, out int trail)
    {
        switch (kind)
        {
            case TrailKind.Address:
                return index.TryFindAddress(KeyText.ReadAddress(key), out trail);
            case TrailKind.Endpoint:
                IpAddress address = KeyText.ReadAddress(key.AsSpan(..^2));
                return index.TryFindEndpoint(address, (ushort)((key[^2] << 8) | key[^1]), out trail) || index.TryFindAddress(address, out trail);
            case TrailKind.Network:
                return TryNetwork(key, out trail);
            case TrailKind.Domain:
                return TryName(key, out trail);
            case TrailKind.Url or TrailKind.Path or TrailKind.HostSlash:
                return TryUrl(kind, key, out trail);
            case TrailKind.DomainPattern or TrailKind.UserAgent:
                Span<byte> typed = stackalloc byte[IndicatorParser.MaxLength + 1];
                return index.TryFindBytes(index.Table(SectionId.Patterns), KeyText.WriteTyped(kind, key, typed), out trail);
            case TrailKind.Ja4:
                return index.TryFindFingerprint(kind, key, out trail);
            default:
                return TryDigest(kind, key, out trail);
        }
    }

    private bool TryNetwork(byte[] key, out int trail)
    {
        if (index.TryFindBytes(index.Table(SectionId.Networks), key, out trail))
        {
            return true;
        }

        // A trail that holds the first and the last address holds the network, unless two neighbours share it: then they differ.
        IpNetwork network = KeyText.ReadNetwork(key);
        return index.TryFindAddress(network.First, out trail) && index.TryFindAddress(network.Last, out int last) && last == trail;
    }

    private bool TryName(byte[] name, out int trail) => index.TryFindDomain(name, out trail, out _)
        || index.TryFindUrl([.. name, (byte)'/'], out trail)
        || index.TryFindDomainPattern(name, out trail, out _, out _);

    private bool TryUrl(TrailKind kind, byte[] key, out int trail)
    {
        if (index.TryFindUrl(key, out trail))
        {
            return true;
        }

        if (kind == TrailKind.Path)
        {
            return false;
        }

        int slash = Array.IndexOf(key, (byte)'/');
        if (index.TryFindUrl(key.AsSpan(..(slash + 1)), out trail) || index.TryFindUrl(key.AsSpan(slash..), out trail))
        {
            return true;
        }

        return TryHost(key, slash, out byte[] host, out IpAddress? address)
            && (address is IpAddress found ? index.TryFindAddress(found, out trail) : TryName(host, out trail));
    }

    /// <summary>A digest with no word of its kind may be any of them.</summary>
    private bool TryDigest(TrailKind kind, byte[] key, out int trail)
    {
        if (index.TryFindFingerprint(kind, key, out trail))
        {
            return true;
        }

        foreach (TrailKind other in DigestKinds)
        {
            if (kind == TrailKind.Certificate && index.TryFindFingerprint(other, key, out trail))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWhitelisted(TrailKind kind, byte[] key)
    {
        switch (kind)
        {
            case TrailKind.Address:
                return index.IsWhitelisted(KeyText.ReadAddress(key));
            case TrailKind.Endpoint:
                return index.IsWhitelisted(KeyText.ReadAddress(key.AsSpan(..^2)));
            case TrailKind.Domain:
                return index.IsWhitelistedDomain(key);
            case TrailKind.Url or TrailKind.HostSlash:
                return TryHost(key, Array.IndexOf(key, (byte)'/'), out byte[] host, out IpAddress? address)
                    && (address is IpAddress found ? index.IsWhitelisted(found) : index.IsWhitelistedDomain(host));
            default:
                return false;
        }
    }

    private static bool TryHost(byte[] key, int slash, out byte[] host, out IpAddress? address)
    {
        ReadOnlySpan<byte> text = key.AsSpan(..Math.Max(slash, 0));
        int colon = text.LastIndexOf((byte)':');
        if (colon > 0 && !text[(colon + 1)..].Contains((byte)']'))
        {
            text = text[..colon];
        }

        host = text.ToArray();
        address = AddressText.TryParse(text, out IpAddress found) ? found : null;
        return text.Length > 0;
    }
}
