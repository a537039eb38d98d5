using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Vittne.Packets;
using Vittne.Protocols.Patterns;

namespace Vittne.Trails.Lists;

/// <summary>
/// Turns the text of one indicator into its kind and canonical key. Keys of names, URLs, hashes and patterns are text; an address is its
/// 4 or 16 bytes in network order, an endpoint the same and two bytes of port, a network 16 bytes and the prefix length. Letter case is
/// folded for ASCII only: that is what is done to looked-up values too. One parser serves one thread.
/// </summary>
internal sealed class IndicatorParser
{
    /// <summary>Longest indicator in bytes; the longest of Maltrail's lists has 575.</summary>
    public const int MaxLength = 4096;

    private const int MaxNameLength = 253;

    private readonly byte[] _key = new byte[2 * MaxLength];
    private readonly List<IpNetwork> _range = [];
    private int _length;

    /// <summary>What was recognised last.</summary>
    public TrailKind Kind { get; private set; }

    /// <summary>Its key; valid until the next call.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _length);

    /// <summary>The blocks of an address range; when it has any, they stand instead of <see cref="Key"/>.</summary>
    public IReadOnlyList<IpNetwork> Range => _range;

    /// <summary>Recognises one indicator.</summary>
    /// <returns><see cref="LineFault.None"/> or <see cref="LineFault.HostBits"/> when there is one, else why there is none.</returns>
    public LineFault Parse(ReadOnlySpan<byte> text, IndicatorRules rules)
    {
        _range.Clear();
        _length = 0;
        text = AsciiText.Trim(text);
        if (text.Length > MaxLength)
        {
            return LineFault.TooLong;
        }

        return text.IsEmpty ? LineFault.NotAnIndicator
            : TypedIndicator.TrySplit(text, out TypedIndicator typed) ? ParseTyped(typed, text[typed.PrefixLength..])
            : ParseUntyped(text, rules);
    }

    /// <summary>Sets the key to an address block, a full-length one being an address.</summary>
    public void SetNetwork(IpNetwork network)
    {
        if (network.Bits == 128)
        {
            SetAddress(network.First);
            return;
        }

        Kind = TrailKind.Network;
        KeyText.WriteNetwork(network, _key);
        _length = KeyText.NetworkLength;
    }

    private LineFault ParseTyped(TypedIndicator typed, ReadOnlySpan<byte> text)
    {
        text = AsciiText.Trim(text);
        if (text.IsEmpty)
        {
            return LineFault.NotAnIndicator;
        }

        switch (typed.Form)
        {
            case TypedForm.Hash:
                SetLower(typed.Kind, text);
                return AsciiText.IsHex(Key) && _length is 32 or 40 or 64 && (typed.HexLength == 0 || typed.HexLength == _length) ? LineFault.None : LineFault.BadHash;
            case TypedForm.Ja4:
                SetLower(TrailKind.Ja4, text);
                return TypedIndicator.IsJa4(Key) ? LineFault.None : LineFault.BadHash;
            case TypedForm.Pattern:
                return SetPattern(typed.Kind, text);
            case TypedForm.Address:
                return TryAddress(text, out LineFault fault) ? fault : LineFault.BadAddress;
            case TypedForm.Domain:
                return ParseName(text, IndicatorRules.Clean);
            default:
                int scheme = text.StartsWith("/"u8) ? -1 : text.IndexOf("://"u8);
                return ParseUrl(scheme < 0 ? text : text[(scheme + 3)..], hadScheme: true, IndicatorRules.Clean);
        }
    }

    private LineFault ParseUntyped(ReadOnlySpan<byte> text, IndicatorRules rules)
    {
        int scheme = rules == IndicatorRules.Clean ? text.IndexOf("://"u8) : -1;
        if (scheme >= 0)
        {
            text = text[(scheme + 3)..];
        }
        else if (TryAddress(text, out LineFault fault))
        {
            return fault;
        }

        if (text.Contains((byte)'/') || scheme >= 0)
        {
            return ParseUrl(text, scheme >= 0, rules);
        }

        if (text.Length is 32 or 40 or 64)
        {
            SetLower(TrailKind.Certificate, text);
            if (AsciiText.IsHex(Key))
            {
                return LineFault.None;
            }
        }

        if (text.Length == TypedIndicator.Ja4Length)
        {
            SetLower(TrailKind.Ja4, text);
            if (TypedIndicator.IsJa4(Key))
            {
                return LineFault.None;
            }
        }

        return text.ContainsAny((byte)'[', (byte)'*', (byte)'+') && PatternSet.LooksLikePattern(Encoding.UTF8.GetString(text)) ? SetPattern(TrailKind.DomainPattern, text) : ParseName(text, rules);
    }

    /// <summary>Address, endpoint, network or range; false when the text is none of them.</summary>
    private bool TryAddress(ReadOnlySpan<byte> text, out LineFault fault)
    {
        fault = LineFault.None;
        byte first = text[0];
        bool canBeAddress = first is (byte)'[' or (byte)':' or (>= (byte)'0' and <= (byte)'9') || text[..Math.Min(5, text.Length)].Contains((byte)':');
        if (!canBeAddress)
        {
            return false;
        }

        if (AddressText.TryParse(text, out IpAddress address))
        {
            SetAddress(address);
            return true;
        }

        if (text.Contains((byte)'/'))
        {
            if (!AddressText.TryParseNetwork(text, out IpNetwork network, out bool hadHostBits))
            {
                return false;
            }

            SetNetwork(network);
            fault = hadHostBits ? LineFault.HostBits : LineFault.None;
            return true;
        }

        int dash = text.IndexOf((byte)'-');
        if (dash > 0 && AddressText.TryParse(AsciiText.Trim(text[..dash]), out IpAddress from) && AddressText.TryParse(AsciiText.Trim(text[(dash + 1)..]), out IpAddress to))
        {
            fault = from.IsV4 == to.IsV4 && (from.High, from.Low).CompareTo((to.High, to.Low)) <= 0 ? LineFault.None : LineFault.BadAddress;
            if (fault == LineFault.None)
            {
                _range.AddRange(IpNetwork.Cover(from, to));
            }

            return true;
        }

        int colon = text.LastIndexOf((byte)':');
        if (colon > 0 && (text[colon - 1] == ']' || AsciiText.IsDotted(text[..colon])) && AddressText.TryParse(text[..colon], out address))
        {
            fault = AddressText.TryParsePort(text[(colon + 1)..], out ushort port) ? LineFault.None : LineFault.BadPort;
            SetAddress(address);
            Kind = TrailKind.Endpoint;
            BinaryPrimitives.WriteUInt16BigEndian(_key.AsSpan(_length), port);
            _length += sizeof(ushort);
            return true;
        }

        return false;
    }

    private LineFault ParseUrl(ReadOnlySpan<byte> text, bool hadScheme, IndicatorRules rules)
    {
        if (rules == IndicatorRules.Clean)
        {
            int query = text.IndexOf((byte)'?');
            text = text.StartsWith("/"u8) || query < 0 ? text : text[..query];
        }

        SetLower(TrailKind.Url, text);
        if (rules == IndicatorRules.Clean)
        {
            _length = JoinSlashes(Key.Length);
            if (hadScheme && !Key.Contains((byte)'/'))
            {
                _key[_length++] = (byte)'/';
            }

            while (Key.Count((byte)'/') > 1 && _key[_length - 1] == '/')
            {
                _length--;
            }
        }

        int slash = Key.IndexOf((byte)'/');
        if (slash < 0)
        {
            return rules == IndicatorRules.Clean ? ParseName(text, rules) : LineFault.NotAnIndicator;
        }

        if (_length == 1)
        {
            return LineFault.NotAnIndicator;
        }

        Kind = slash == 0 ? TrailKind.Path : slash == _length - 1 ? TrailKind.HostSlash : TrailKind.Url;
        return slash == 0 ? LineFault.None : CanonicalHost(slash, rules);
    }

    /// <summary>Brings the host in front of a URL into the form that requests are looked up with.</summary>
    private LineFault CanonicalHost(int slash, IndicatorRules rules)
    {
        ReadOnlySpan<byte> host = Key[..slash];
        if (host.ContainsAnyInRange((byte)0, (byte)' '))
        {
            return LineFault.BadName;
        }

        // Requests come with ":80" cut from the host: a trail that has it could never match.
        int length = rules == IndicatorRules.Clean && host.EndsWith(":80"u8) && host.Length > 3 ? host.Length - 3 : host.Length;
        byte[]? wide = Ascii.IsValid(host) ? null : ToAscii(host[..length]);
        if (wide is null && !Ascii.IsValid(host))
        {
            return LineFault.BadName;
        }

        ReadOnlySpan<byte> better = wide ?? host[..length];
        if (better.Length != host.Length || wide is not null)
        {
            byte[] whole = [.. better, .. Key[slash..]];
            if (whole.Length > MaxLength)
            {
                return LineFault.TooLong;
            }

            whole.CopyTo(_key, 0);
            _length = whole.Length;
        }

        return LineFault.None;
    }

    private LineFault ParseName(ReadOnlySpan<byte> text, IndicatorRules rules)
    {
        // "*.name" in block lists means the name and all below, which is what a domain trail is.
        text = text.StartsWith("*."u8) ? text[2..] : text;
        text = text.Trim((byte)'.');
        SetLower(TrailKind.Domain, text);
        if (!Ascii.IsValid(Key))
        {
            byte[]? ascii = ToAscii(Key);
            if (ascii is null)
            {
                return LineFault.BadName;
            }

            ascii.CopyTo(_key, 0);
            _length = ascii.Length;
        }

        if (rules == IndicatorRules.Clean && Key.StartsWith("www."u8) && _length > 4)
        {
            Key[4..].CopyTo(_key);
            _length -= 4;
        }

        if (AsciiText.IsDotted(Key))
        {
            return LineFault.BadAddress;
        }

        return _length is 0 or > MaxNameLength || !AsciiText.IsName(Key) || Key.IndexOf(".."u8) >= 0 ? LineFault.BadName : LineFault.None;
    }

    private LineFault SetPattern(TrailKind kind, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        text.CopyTo(_key);
        _length = text.Length;

        // A User-Agent line that does not compile is meant literally; a domain pattern has no such reading.
        return kind == TrailKind.UserAgent || PatternSet.IsValid(Encoding.UTF8.GetString(text)) ? LineFault.None : LineFault.BadPattern;
    }

    private void SetAddress(IpAddress address)
    {
        Kind = TrailKind.Address;
        _length = KeyText.WriteAddress(address.Unmapped, _key);
    }

    private void SetLower(TrailKind kind, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            _key[i] = value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
        }

        _length = text.Length;
    }

    private int JoinSlashes(int length)
    {
        if (Key.IndexOf("//"u8) < 0)
        {
            return length;
        }

        int to = 0;
        for (int from = 0; from < length; from++)
        {
            if (_key[from] != '/' || to == 0 || _key[to - 1] != '/')
            {
                _key[to++] = _key[from];
            }
        }

        return to;
    }

    /// <summary>The A-label form (RFC 5891) of a name that is not ASCII; null when it has none.</summary>
    private static byte[]? ToAscii(ReadOnlySpan<byte> name)
    {
        try
        {
            string ascii = new IdnMapping().GetAscii(Encoding.UTF8.GetString(name).ToLowerInvariant());
            return Encoding.ASCII.GetBytes(ascii.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
