using System.Globalization;
using Vittne.Packets;

namespace Vittne.Flows.Records;

/// <summary>An address of a flow record: of a host, a network (after aggregation by prefix), a hardware address, or <c>*</c>.</summary>
/// <param name="Ip">The address; the low 48 bits of it hold a hardware address.</param>
/// <param name="Kind">What it is.</param>
/// <param name="PrefixLength">Prefix length of a network as written, 0-32 or 0-128; <see cref="WholeAddress"/> for a single host.</param>
public readonly record struct FlowAddress(IpAddress Ip, FlowAddressKind Kind, byte PrefixLength) : IComparable<FlowAddress>, IUtf8SpanFormattable
{
    /// <summary>Prefix length of what is no network.</summary>
    public const byte WholeAddress = byte.MaxValue;

    /// <summary>Bytes that the longest text needs: an IPv6 network.</summary>
    public const int MaxTextLength = IpAddress.MaxTextLength + 4;

    private const string AnyText = "*";
    private const int MacTextLength = 17;
    private const int MacBytes = 6;

    /// <summary>An address that is not known.</summary>
    public static FlowAddress None => default;

    /// <summary>Any address.</summary>
    public static FlowAddress Any => new(default, FlowAddressKind.Any, WholeAddress);

    /// <summary>True when the record tells it.</summary>
    public bool IsKnown => Kind != FlowAddressKind.None;

    /// <summary>True for an IP address or network.</summary>
    public bool IsIp => Kind == FlowAddressKind.Ip;

    /// <summary>True for a network: some of its bits are left out.</summary>
    public bool IsNetwork => Kind == FlowAddressKind.Ip && PrefixLength != WholeAddress;

    /// <summary>The address of a host.</summary>
    public static FlowAddress Of(in IpAddress address) => new(address, FlowAddressKind.Ip, WholeAddress);

    /// <summary>A hardware address from its 48 bits read as a big-endian number.</summary>
    public static FlowAddress OfMac(long address) => new(new IpAddress(0, (ulong)address & 0xFFFF_FFFF_FFFF), FlowAddressKind.Mac, WholeAddress);

    /// <summary>The network of an address: bits beyond the prefix are cleared. The whole address when the prefix is as long as it is.</summary>
    public static FlowAddress NetworkOf(in IpAddress address, int prefixLength)
    {
        int bits = address.IsV4 ? prefixLength + 96 : prefixLength;
        return bits >= 128
            ? Of(address)
            : new(new IpAddress(
                    address.High & (bits >= 64 ? ulong.MaxValue : bits <= 0 ? 0 : ulong.MaxValue << (64 - bits)),
                    address.Low & (bits <= 64 ? 0 : ulong.MaxValue << (128 - bits))),
                FlowAddressKind.Ip, (byte)Math.Max(prefixLength, 0));
    }

    /// <summary>Reads an IP address, a network <c>A/L</c>, a hardware address <c>aa:bb:cc:dd:ee:ff</c> or <c>*</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FlowAddress address)
    {
        address = default;
        if (text is AnyText)
        {
            address = Any;
            return true;
        }

        int slash = text.IndexOf('/');
        if (IpAddress.TryParse(slash < 0 ? text : text[..slash], out IpAddress ip))
        {
            address = Of(ip);
            if (slash < 0)
            {
                return true;
            }

            bool isRead = int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int bits) && bits <= (ip.IsV4 ? 32 : 128);
            address = isRead ? NetworkOf(ip, bits) : default;
            return isRead;
        }

        bool isMac = TryParseMac(text, out long mac);
        address = isMac ? OfMac(mac) : default;
        return isMac;
    }

    /// <summary>Reads <c>aa:bb:cc:dd:ee:ff</c>, one or two digits a byte.</summary>
    public static bool TryParseMac(ReadOnlySpan<char> text, out long address)
    {
        address = 0;
        int count = 0;
        foreach (Range part in text.Split(':'))
        {
            if (text[part].Length is 0 or > 2 || !byte.TryParse(text[part], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                return false;
            }

            address = (address << 8) | value;
            count++;
            if (count > MacBytes)
            {
                return false;
            }
        }

        return count == MacBytes;
    }

    /// <summary>True when an IP address lies in the host or network that this is.</summary>
    public bool Holds(in FlowAddress other) => other.Kind == Kind && (Kind == FlowAddressKind.Ip && IsNetwork
        ? other.Ip.IsV4 == Ip.IsV4 && NetworkOf(other.Ip, PrefixLength).Ip == Ip && (!other.IsNetwork || other.PrefixLength >= PrefixLength)
        : other == this);

    /// <summary>Orders by kind, then by bytes, then the wider network first.</summary>
    public int CompareTo(FlowAddress other)
    {
        int order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : Ip.CompareTo(other.Ip);
        return order != 0 ? order : PrefixLength.CompareTo(other.PrefixLength);
    }

    /// <summary>True when <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(FlowAddress left, FlowAddress right) => left.CompareTo(right) < 0;

    /// <summary>True when <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(FlowAddress left, FlowAddress right) => left.CompareTo(right) > 0;

    /// <summary>True when <paramref name="left"/> does not sort after <paramref name="right"/>.</summary>
    public static bool operator <=(FlowAddress left, FlowAddress right) => left.CompareTo(right) <= 0;

    /// <summary>True when <paramref name="left"/> does not sort before <paramref name="right"/>.</summary>
    public static bool operator >=(FlowAddress left, FlowAddress right) => left.CompareTo(right) >= 0;

    /// <summary>Writes the text form as ASCII. False when it does not fit; <see cref="MaxTextLength"/> always does.</summary>
    public bool TryFormat(Span<byte> destination, out int written)
    {
        written = 0;
        switch (Kind)
        {
            case FlowAddressKind.Ip:
                if (!Ip.TryFormat(destination, out written) || !IsNetwork)
                {
                    return !IsNetwork && written > 0;
                }

                if (written == destination.Length)
                {
                    return false;
                }

                destination[written++] = (byte)'/';
                bool fits = PrefixLength.TryFormat(destination[written..], out int digits, default, CultureInfo.InvariantCulture);
                written += digits;
                return fits;
            case FlowAddressKind.Mac:
                return TryFormatMac((long)Ip.Low, destination, out written);
            case FlowAddressKind.Any:
                written = destination.IsEmpty ? 0 : 1;
                return "*"u8.TryCopyTo(destination);
            default:
                return true;
        }
    }

    /// <summary>Writes a hardware address: two lower-case digits a byte, joined by colons.</summary>
    public static bool TryFormatMac(long address, Span<byte> destination, out int written)
    {
        written = 0;
        if (destination.Length < MacTextLength)
        {
            return false;
        }

        for (int shift = 40; shift >= 0; shift -= 8)
        {
            int value = (int)(address >> shift) & 0xFF;
            destination[written++] = "0123456789abcdef"u8[value >> 4];
            destination[written++] = "0123456789abcdef"u8[value & 15];
            if (shift > 0)
            {
                destination[written++] = (byte)':';
            }
        }

        return true;
    }

    /// <summary>The text form; empty when the address is not known.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextLength];
        return TryFormat(text, out int written) ? System.Text.Encoding.ASCII.GetString(text[..written]) : "";
    }

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);
}
