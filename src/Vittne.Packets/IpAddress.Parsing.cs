using System.Numerics;

namespace Vittne.Packets;

/// <content>Reads text: dotted decimal and RFC 4291 section 2.2.</content>
public readonly partial record struct IpAddress
{
    /// <summary>Reads an address from text: dotted decimal without leading zeros, or any form of RFC 4291 section 2.2, without zone or brackets.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address) => TryParse<byte>(text, out address);

    /// <summary>Reads an address from text, as the overload for bytes does.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address) => TryParse<char>(text, out address);

    private static bool TryParse<T>(ReadOnlySpan<T> text, out IpAddress address)
        where T : unmanaged, IBinaryInteger<T>
    {
        address = default;
        if (text.Length is < 2 or > 45)
        {
            return false;
        }

        if (text.IndexOf(T.CreateTruncating(':')) < 0)
        {
            bool isDotted = TryParseDotted(text, out uint value);
            address = isDotted ? FromV4(value) : default;
            return isDotted;
        }

        return TryParseGroups(text, out address);
    }

    private static bool TryParseDotted<T>(ReadOnlySpan<T> text, out uint value)
        where T : unmanaged, IBinaryInteger<T>
    {
        value = 0;
        uint part = 0;
        int digits = 0;
        int dots = 0;
        foreach (T element in text)
        {
            uint c = uint.CreateTruncating(element);
            if (c == '.')
            {
                if (digits == 0 || ++dots > 3)
                {
                    return false;
                }

                value = (value << 8) | part;
                part = 0;
                digits = 0;
                continue;
            }

            uint digit = c - '0';
            if (digit > 9 || (digits > 0 && part == 0))
            {
                return false;
            }

            part = (part * 10) + digit;
            digits++;
            if (part > 255)
            {
                return false;
            }
        }

        value = (value << 8) | part;
        return dots == 3 && digits > 0;
    }

    private static bool TryParseGroups<T>(ReadOnlySpan<T> text, out IpAddress address)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<ushort> groups = stackalloc ushort[Groups];
        groups.Clear();
        address = default;
        T colon = T.CreateTruncating(':');
        int count = 0;
        int gap = text[0] == colon ? 0 : -1;
        int at = gap < 0 ? 0 : 2;
        if (gap == 0 && text[1] != colon)
        {
            return false;
        }

        while (at < text.Length)
        {
            int end = text[at..].IndexOf(colon);
            ReadOnlySpan<T> group = end < 0 ? text[at..] : text.Slice(at, end);
            if (end < 0 && group.IndexOf(T.CreateTruncating('.')) >= 0)
            {
                if (count > Groups - 2 || !TryParseDotted(group, out uint v4))
                {
                    return false;
                }

                groups[count++] = (ushort)(v4 >> 16);
                groups[count++] = (ushort)v4;
                break;
            }

            if (count == Groups || !TryParseGroup(group, out groups[count]))
            {
                return false;
            }

            count++;
            if (end < 0)
            {
                break;
            }

            at += end + 1;
            if (at == text.Length)
            {
                return false;
            }

            if (text[at] == colon)
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                at++;
            }
        }

        return TryJoin(groups, count, gap, out address);
    }

    private static bool TryParseGroup<T>(ReadOnlySpan<T> text, out ushort value)
        where T : unmanaged, IBinaryInteger<T>
    {
        value = 0;
        if (text.Length is 0 or > 4)
        {
            return false;
        }

        foreach (T element in text)
        {
            uint c = uint.CreateTruncating(element);
            uint digit = c - '0' <= 9 ? c - '0' : (c | 0x20) - 'a' <= 5 ? (c | 0x20) - 'a' + 10 : 16;
            if (digit > 15)
            {
                return false;
            }

            value = (ushort)((value << 4) | (int)digit);
        }

        return true;
    }

    private static bool TryJoin(Span<ushort> groups, int count, int gap, out IpAddress address)
    {
        address = default;
        if (gap < 0 ? count != Groups : count == Groups)
        {
            return false;
        }

        if (gap >= 0)
        {
            int tail = count - gap;
            groups.Slice(gap, tail).CopyTo(groups[(Groups - tail)..]);
            groups[gap..(Groups - tail)].Clear();
        }

        ulong high = 0;
        ulong low = 0;
        for (int i = 0; i < 4; i++)
        {
            high = (high << 16) | groups[i];
            low = (low << 16) | groups[i + 4];
        }

        address = new IpAddress(high, low);
        return true;
    }
}
