using System.Buffers;
using System.Text;
using Vittne.Packets;
using Vittne.Protocols.Dns;
using Vittne.Trails.Text;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>A unicast DNS message as the heuristics look at it.</summary>
internal sealed class DnsReading
{
    private const int NameError = 3;

    /// <summary>Ordinary messages have one question; more than so many are not looked at.</summary>
    private const int MaxNames = 16;

    /// <summary>More addresses than a message of 1,232 bytes (the usual EDNS size) holds.</summary>
    private const int MaxAddresses = 96;

    private static readonly SearchValues<byte> DigitsAndDot = SearchValues.Create("0123456789."u8);

    private readonly DnsRecord _record;
    private List<IpAddress>? _addresses;

    private DnsReading(DnsRecord record) => _record = record;

    /// <summary>True for an answer, false for a question.</summary>
    public required bool IsResponse { get; init; }

    /// <summary>The response code, RFC 1035 section 4.1.1.</summary>
    public required int ResponseCode { get; init; }

    /// <summary>The names asked for that heuristics look at, in lower case without final dot; the first of the message first.</summary>
    public required string[] Names { get; init; }

    /// <summary>Addresses of the answer section, in its order; none of a question.</summary>
    public IReadOnlyList<IpAddress> Addresses => _addresses ??= IsResponse ? AddressesOf(_record) : [];

    /// <summary>The answer that there is no such name (NXDOMAIN).</summary>
    public bool IsMissingName => IsResponse && ResponseCode == NameError;

    /// <summary>An answer without error.</summary>
    public bool IsGoodAnswer => IsResponse && ResponseCode == 0;

    /// <summary>Reads a message; null when it is no unicast DNS, broken, or asks for no name that heuristics look at.</summary>
    /// <param name="record">The message.</param>
    /// <param name="known">Names that were read before: most are asked for again and again.</param>
    public static DnsReading? Of(DnsRecord record, NameCache known)
    {
        if (record.Variant != DnsVariant.Dns || !DnsMessage.TryView(record.Message, out DnsMessage message))
        {
            return null;
        }

        string[] names = NamesOf(message, known);
        return names.Length == 0 ? null : new DnsReading(record)
        {
            IsResponse = message.IsResponse,
            ResponseCode = message.ResponseCode,
            Names = names,
        };
    }

    /// <summary>True when the name or a parent is whitelisted.</summary>
    public static bool IsWhitelisted(ITrailIndex index, string name) => index.IsWhitelistedDomain(Encoding.Latin1.GetBytes(name));

    /// <summary>True when the name or a parent is whitelisted or a trail: then others have told what there is to tell.</summary>
    public static bool IsKnown(ITrailIndex index, string name)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(name);
        return index.IsWhitelistedDomain(bytes)
            || index.TryFindDomain(bytes, out _, out _)
            || index.TryFindDomainPattern(bytes, out _, out _, out _);
    }

    /// <summary>True when the last label is a number: an address that was asked for as a name.</summary>
    public static bool HasNumericTopLevel(ReadOnlySpan<char> name) =>
        name[(name.LastIndexOf('.') + 1)..].IndexOfAnyExceptInRange('0', '9') < 0;

    private static string[] NamesOf(DnsMessage message, NameCache known)
    {
        string[] names = [];
        Span<byte> text = stackalloc byte[DnsMessage.MaxNameTextLength];
        foreach (DnsQuestion question in message.Questions)
        {
            int length = names.Length < MaxNames ? message.WriteLowerName(question.NameOffset, text) : -1;
            if (length < 0)
            {
                break;
            }

            ReadOnlySpan<byte> name = text[..length];
            if (DnsNameRules.IsExaminable(name) && !DnsNameRules.IsLocal(name) && !IsDottedNumber(name))
            {
                names = names.Length == 0 ? [known.TextOf(name)] : [.. names, known.TextOf(name)];
            }
        }

        return names;
    }

    private static List<IpAddress> AddressesOf(DnsRecord record)
    {
        var addresses = new List<IpAddress>();
        if (!DnsMessage.TryView(record.Message, out DnsMessage message))
        {
            return addresses;
        }

        foreach (DnsResource resource in message.Resources)
        {
            if (resource.Section != DnsSection.Answer || addresses.Count == MaxAddresses)
            {
                break;
            }

            if (resource.TryGetAddress(out IpAddress address))
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static bool IsDottedNumber(ReadOnlySpan<byte> name) => !name.ContainsAnyExcept(DigitsAndDot);
}
