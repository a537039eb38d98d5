using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vittne.Packets;

namespace Vittne.Trails.Heuristics;

/// <summary>A few networks in CIDR notation, asked whether they hold an address: home networks.</summary>
public sealed class AddressRanges
{
    private readonly (IpAddress Prefix, int Bits)[] _networks;

    private AddressRanges((IpAddress Prefix, int Bits)[] networks) => _networks = networks;

    /// <summary>
    /// Networks that no route of the Internet leads to: RFC 1918, loopback, link-local (RFC 3927, RFC 4291 section 2.5.6) and unique
    /// local addresses (RFC 4193).
    /// </summary>
    public static AddressRanges Private { get; } = new(
    [
        (IpAddress.FromV4(0x0A000000), 104),
        (IpAddress.FromV4(0xAC100000), 108),
        (IpAddress.FromV4(0xC0A80000), 112),
        (IpAddress.FromV4(0x7F000000), 104),
        (IpAddress.FromV4(0xA9FE0000), 112),
        (new IpAddress(0, 1), 128),
        (new IpAddress(0xFC00_0000_0000_0000, 0), 7),
        (new IpAddress(0xFE80_0000_0000_0000, 0), 10),
    ]);

    internal static AddressRanges None { get; } = new([]);

    /// <summary>Reads networks: <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>, or a lone address. Bits behind the prefix are ignored.</summary>
    /// <param name="texts">One network each.</param>
    /// <param name="networks">The networks; <see cref="Private"/> when one of them is no network.</param>
    /// <param name="refused">The first text that is no network; empty when all are.</param>
    public static bool TryParse(IEnumerable<string> texts, out AddressRanges networks, out string refused)
    {
        var parsed = new List<(IpAddress Prefix, int Bits)>();
        foreach (string text in texts)
        {
            if (!TryParseOne(text, out (IpAddress Prefix, int Bits) network))
            {
                networks = Private;
                refused = text;
                return false;
            }

            parsed.Add(network);
        }

        networks = new AddressRanges([.. parsed]);
        refused = "";
        return true;
    }

    internal static AddressRanges OfThoseThatParse(IEnumerable<string> texts)
    {
        var parsed = new List<(IpAddress Prefix, int Bits)>();
        foreach (string text in texts)
        {
            if (TryParseOne(text, out (IpAddress Prefix, int Bits) network))
            {
                parsed.Add(network);
            }
        }

        return new AddressRanges([.. parsed]);
    }

    /// <summary>True when one of the networks holds the address.</summary>
    public bool Contains(in IpAddress address)
    {
        foreach ((IpAddress prefix, int bits) in _networks)
        {
            if (SharesPrefix(address, prefix, bits))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsLoopback(in IpAddress address) =>
        address == new IpAddress(0, 1) || SharesPrefix(address, IpAddress.FromV4(0x7F000000), 104);

    private static bool SharesPrefix(in IpAddress address, in IpAddress prefix, int bits)
    {
        ulong high = address.High ^ prefix.High;
        ulong low = address.Low ^ prefix.Low;
        if (bits <= 64)
        {
            return bits == 0 || high >> (64 - bits) == 0;
        }

        return high == 0 && low >> (128 - bits) == 0;
    }

    private static bool TryParseOne(string text, out (IpAddress Prefix, int Bits) network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out IPAddress? address))
        {
            return false;
        }

        bool isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        int width = isV4 ? 32 : 128;
        int bits = width;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > width))
        {
            return false;
        }

        byte[] octets = address.GetAddressBytes();
        IpAddress prefix = isV4
            ? IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(octets))
            : new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets.AsSpan(8)));
        network = (prefix, isV4 ? bits + 96 : bits);
        return true;
    }
}
