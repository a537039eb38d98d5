using System.Buffers;
using System.Text;
using Vittne.Packets;
using Vittne.Trails.Text;

namespace Vittne.Trails.Matching;

/// <summary>
/// Compares one name with the trails: itself and its parents, then the names that lookup services and onion gateways wrap, then the
/// patterns. Allocates nothing on a miss.
/// </summary>
/// <param name="index">The trails.</param>
/// <param name="examinesLocalNames">True compares names of the own network too when DNS carried them.</param>
internal sealed class DomainMatcher(ITrailIndex index, bool examinesLocalNames)
{
    /// <summary>Longest name that is looked at, in bytes (RFC 1035 section 2.3.4).</summary>
    public const int MaxNameLength = 255;

    private static readonly SearchValues<byte> DigitsAndDot = SearchValues.Create("0123456789."u8);

    /// <summary>Looks for a trail in a name.</summary>
    /// <param name="name">The name as sent; letter case and one final dot do not count.</param>
    /// <param name="isFromDns">True when DNS carried it: names of the own network are then left alone.</param>
    /// <param name="find">What was found.</param>
    public bool TryFind(ReadOnlySpan<byte> name, bool isFromDns, out DomainFind find)
    {
        find = default;
        if (name.EndsWith((byte)'.'))
        {
            name = name[..^1];
        }

        if (name.Length is 0 or > MaxNameLength)
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[MaxNameLength];
        if (Ascii.ToLower(name, lower, out int length) != OperationStatus.Done)
        {
            // Bytes above 127 are no host name; an internationalised name travels as A-labels (RFC 5890).
            return false;
        }

        lower = lower[..length];
        if (IsDigitsAndDots(lower) || !DnsNameRules.IsExaminable(lower) || (isFromDns && !examinesLocalNames && DnsNameRules.IsLocal(lower)))
        {
            return false;
        }

        return (TryFindBehindLookupService(lower, out find) || TryFindParent(lower, out find)
                || TryFindPattern(lower, out find) || TryFindBehindGateway(lower, out find))
            && !index.IsWhitelistedDomain(lower);
    }

    /// <summary>True for what looks like an address: never a domain.</summary>
    public static bool IsDigitsAndDots(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExcept(DigitsAndDot);

    private bool TryFindParent(ReadOnlySpan<byte> name, out DomainFind find)
    {
        // A trail that a rule silences does not hide its own parents. Each turn drops at least one label.
        ReadOnlySpan<byte> rest = name;
        while (!rest.IsEmpty && index.TryFindDomain(rest, out int trail, out int start))
        {
            start += name.Length - rest.Length;
            if (!IsMeaningless(name, start, index.Get(trail).Info))
            {
                find = new DomainFind(trail, ChildText(name, start));
                return true;
            }

            int dot = name[start..].IndexOf((byte)'.');
            rest = dot < 0 ? [] : name[(start + dot + 1)..];
        }

        find = default;
        return false;
    }

    /// <summary>
    /// Name servers and mail exchangers of bad hosters serve honest domains too; the front door of a free host says nothing about
    /// its tenants.
    /// </summary>
    private static bool IsMeaningless(ReadOnlySpan<byte> name, int start, string info) =>
        (StartsWithServerLabel(name)
            && (info.Contains("suspicious", StringComparison.Ordinal) || info.Contains("sinkhole", StringComparison.Ordinal)))
        || ((start == 0 || name.StartsWith("www."u8))
            && (info.Contains("dynamic", StringComparison.Ordinal) || info.Contains("free web", StringComparison.Ordinal)));

    /// <summary>First label is <c>ns</c>, <c>rns</c>, <c>dns</c>, <c>nf</c>, <c>mx</c> or <c>nic</c> with or without digits.</summary>
    private static bool StartsWithServerLabel(ReadOnlySpan<byte> name)
    {
        int dot = name.IndexOf((byte)'.');
        if (dot < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> label = name[..dot].TrimEnd("0123456789"u8);
        return label.SequenceEqual("ns"u8) || label.SequenceEqual("rns"u8) || label.SequenceEqual("dns"u8)
            || label.SequenceEqual("nf"u8) || label.SequenceEqual("mx"u8) || label.SequenceEqual("nic"u8);
    }

    private static string ChildText(ReadOnlySpan<byte> name, int start) => start == 0
        ? Encoding.ASCII.GetString(name)
        : $"({Encoding.ASCII.GetString(name[..(start - 1)])}).{Encoding.ASCII.GetString(name[start..])}";

    /// <summary><c>x.ip-adress.com</c>: someone looks up x, a name or an address.</summary>
    private bool TryFindBehindLookupService(ReadOnlySpan<byte> name, out DomainFind find)
    {
        find = default;
        ReadOnlySpan<byte> service = ".ip-adress.com"u8;
        if (!name.EndsWith(service))
        {
            return false;
        }

        ReadOnlySpan<byte> asked = name[..^service.Length];
        if (!TryFindExact(asked, out int trail)
            && !(AddressText.TryParse(asked, out IpAddress address) && index.TryFindAddress(address, out trail)))
        {
            return false;
        }

        find = new DomainFind(trail, $"{Encoding.ASCII.GetString(asked)}(.ip-adress.com)");
        return true;
    }

    /// <summary><c>x.onion.gateway</c>: a hidden service through a gateway of the open web.</summary>
    private bool TryFindBehindGateway(ReadOnlySpan<byte> name, out DomainFind find)
    {
        find = default;
        int onion = name.IndexOf(".onion."u8);
        if (onion <= 0)
        {
            return false;
        }

        int end = onion + ".onion"u8.Length;
        if (!TryFindExact(name[..end], out int trail))
        {
            return false;
        }

        find = new DomainFind(trail, $"{Encoding.ASCII.GetString(name[..end])}({Encoding.ASCII.GetString(name[end..])})");
        return true;
    }

    private bool TryFindExact(ReadOnlySpan<byte> name, out int trail)
    {
        trail = 0;
        return !name.IsEmpty && index.TryFindDomain(name, out trail, out int start) && start == 0;
    }

    private bool TryFindPattern(ReadOnlySpan<byte> name, out DomainFind find)
    {
        find = default;
        if (!index.TryFindDomainPattern(name, out int trail, out int start, out int length) || length == 0)
        {
            return false;
        }

        string prefix = Encoding.ASCII.GetString(name[..start]);
        string match = Encoding.ASCII.GetString(name.Slice(start, length));
        string suffix = Encoding.ASCII.GetString(name[(start + length)..]);
        string text = (prefix.Length > 0 ? $"({prefix})" : "") + match + (suffix.Length > 0 ? $"({suffix})" : "");

        // The dot between two labels belongs outside of the parentheses, as in the text of a child.
        find = new DomainFind(trail, text.Replace(".)", ").", StringComparison.Ordinal));
        return true;
    }
}
