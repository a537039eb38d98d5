using Vittne.Packets;

namespace Vittne.Trails.Lists;

/// <summary>A block of addresses.</summary>
/// <param name="First">Its first address.</param>
/// <param name="Bits">Prefix length in the 128-bit form: an IPv4 <c>/24</c> has 120.</param>
internal readonly record struct IpNetwork(IpAddress First, int Bits)
{
    /// <summary>The last address.</summary>
    public IpAddress Last => new(First.High | ~HighMask(Bits), First.Low | ~LowMask(Bits));

    /// <summary>True when it lies in IPv4.</summary>
    public bool IsV4 => Bits >= 96 && First.IsV4;

    /// <summary>Prefix length as written: 0-32 or 0-128.</summary>
    public int WrittenBits => IsV4 ? Bits - 96 : Bits;

    /// <summary>The block that holds an address.</summary>
    public static IpNetwork Of(IpAddress address, int bits) => new(new IpAddress(address.High & HighMask(bits), address.Low & LowMask(bits)), bits);

    /// <summary>The fewest blocks that hold exactly the addresses from first to last: at most 254.</summary>
    public static List<IpNetwork> Cover(IpAddress first, IpAddress last)
    {
        var blocks = new List<IpNetwork>();
        UInt128 from = ToNumber(first);
        UInt128 to = ToNumber(last);
        while (from <= to)
        {
            int free = from == 0 ? 128 : (int)UInt128.TrailingZeroCount(from);
            UInt128 room = to - from;
            while (free > 0 && LastOf(free) > room)
            {
                free--;
            }

            blocks.Add(new IpNetwork(ToAddress(from), 128 - free));
            UInt128 end = from + LastOf(free);
            if (end == UInt128.MaxValue)
            {
                break;
            }

            from = end + 1;
        }

        return blocks;
    }

    /// <summary>The blocks of an address, a network or a range <c>A-B</c>; none when the text is none of them.</summary>
    public static List<IpNetwork> Parse(string text)
    {
        var parser = new IndicatorParser();
        LineFault fault = parser.Parse(System.Text.Encoding.UTF8.GetBytes("ip:" + text), IndicatorRules.Clean);
        return fault is not (LineFault.None or LineFault.HostBits) ? []
            : parser.Range.Count > 0 ? [.. parser.Range]
            : parser.Kind == TrailKind.Address ? [new IpNetwork(KeyText.ReadAddress(parser.Key), 128)]
            : parser.Kind == TrailKind.Network ? [KeyText.ReadNetwork(parser.Key)]
            : [];
    }

    /// <summary>True when the block holds an address.</summary>
    public bool Holds(IpAddress address) => Of(address, Bits) == this;

    /// <inheritdoc/>
    public override string ToString() => $"{First}/{WrittenBits.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static UInt128 LastOf(int free) => free == 128 ? UInt128.MaxValue : (UInt128.One << free) - 1;

    private static UInt128 ToNumber(IpAddress address) => new(address.High, address.Low);

    private static IpAddress ToAddress(UInt128 number) => new((ulong)(number >> 64), (ulong)number);

    private static ulong HighMask(int bits) => bits >= 64 ? ulong.MaxValue : bits <= 0 ? 0 : ulong.MaxValue << (64 - bits);

    private static ulong LowMask(int bits) => bits >= 128 ? ulong.MaxValue : bits <= 64 ? 0 : ulong.MaxValue << (128 - bits);
}
