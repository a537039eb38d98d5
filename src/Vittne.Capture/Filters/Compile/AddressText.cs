using System.Globalization;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <summary>Reads addresses that have the right shape.</summary>
internal static class AddressText
{
    private const uint LargestDecnetArea = 63;
    private const uint LargestDecnetNode = 1023;

    /// <summary>The 48 bits of an Ethernet address.</summary>
    public static ulong Mac(string text)
    {
        ulong value = 0;
        if (text.Length == 14 && text[4] == '.' && text[9] == '.')
        {
            text = text.Replace(".", "", StringComparison.Ordinal);
        }

        if (text.AsSpan().IndexOfAny(":-.") < 0)
        {
            return ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        foreach (string part in text.Split(':', '-', '.'))
        {
            value = (value << 8) | byte.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return value;
    }

    /// <summary>Up to four numbers, which fill an IPv4 address from the left, and the bits that they fill.</summary>
    public static uint Dotted(string text, int column, out int bits)
    {
        uint value = 0;
        bits = 0;
        foreach (string part in text.Split('.'))
        {
            uint number = FilterLexer.Number(part, column);
            if (number > 255)
            {
                throw new FilterRefusedException(column, $"{part} in \"{text}\" is over 255", "an IPv4 address");
            }

            value = (value << 8) | number;
            bits += 8;
        }

        return value << (32 - bits);
    }

    /// <summary>Area and node of a DECnet address: 6 and 10 bits.</summary>
    public static uint Decnet(IdNode id)
    {
        string[] parts = id.Text.Split('.');
        if (id.Kind != IdKind.Address || parts.Length != 2)
        {
            throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is no DECnet address", "area and node such as 1.5");
        }

        uint area = FilterLexer.Number(parts[0], id.Column);
        uint node = FilterLexer.Number(parts[1], id.Column);
        return area > LargestDecnetArea || node > LargestDecnetNode
            ? throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is no DECnet address", "an area up to 63 and a node up to 1023")
            : (area << 10) | node;
    }
}
