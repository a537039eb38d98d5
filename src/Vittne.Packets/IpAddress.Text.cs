using System.Numerics;

namespace Vittne.Packets;

/// <content>Text forms: RFC 1123 dotted decimal and RFC 5952.</content>
public readonly partial record struct IpAddress : IUtf8SpanFormattable, ISpanFormattable
{
    /// <summary>Bytes or characters that the longest text needs: eight groups of four digits and seven colons.</summary>
    public const int MaxTextLength = 39;

    private const int Groups = 8;

    /// <summary>Reads an address from text: dotted decimal without leading zeros, or any form of RFC 4291 section 2.2, without zone or brackets.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address) => TryParse<byte>(text, out address);

    /// <summary>Reads an address from text, as the overload for bytes does.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpAddress address) => TryParse<char>(text, out address);

    /// <summary>The usual text form: dotted for IPv4, RFC 5952 for IPv6.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[MaxTextLength];
        return new string(text[..Format(text)]);
    }

    /// <summary>Writes the text form as ASCII. False when it does not fit; <see cref="MaxTextLength"/> always does.</summary>
    public bool TryFormat(Span<byte> destination, out int written)
    {
        if (destination.Length >= MaxTextLength)
        {
            written = Format(destination);
            return true;
        }

        Span<byte> text = stackalloc byte[MaxTextLength];
        written = Format(text);
        bool fits = text[..written].TryCopyTo(destination);
        written = fits ? written : 0;
        return fits;
    }

    /// <summary>Writes the text form. False when it does not fit; <see cref="MaxTextLength"/> always does.</summary>
    public bool TryFormat(Span<char> destination, out int written)
    {
        Span<char> text = stackalloc char[MaxTextLength];
        written = Format(text);
        bool fits = text[..written].TryCopyTo(destination);
        written = fits ? written : 0;
        return fits;
    }

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

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

    private int Format<T>(Span<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        int at = 0;
        if (IsV4)
        {
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                PutDecimal(text, ref at, (byte)(V4 >> shift));
                if (shift > 0)
                {
                    text[at++] = T.CreateTruncating('.');
                }
            }

            return at;
        }

        // RFC 5952 section 4.2: the longest run of at least two zero groups, the first of equals.
        int gap = -1;
        int gapLength = 1;
        for (int i = 0, run = 0; i < Groups; i++)
        {
            run = Group(i) == 0 ? run + 1 : 0;
            if (run > gapLength)
            {
                gapLength = run;
                gap = i - run + 1;
            }
        }

        for (int i = 0; i < Groups; i++)
        {
            if (i == gap)
            {
                text[at++] = T.CreateTruncating(':');
                text[at++] = T.CreateTruncating(':');
                i += gapLength - 1;
                continue;
            }

            if (i > 0 && i != gap + gapLength)
            {
                text[at++] = T.CreateTruncating(':');
            }

            PutHex(text, ref at, Group(i));
        }

        return at;
    }

    private uint Group(int index) => (uint)((index < 4 ? High : Low) >> (48 - (16 * (index & 3)))) & 0xFFFF;

    private static void PutDecimal<T>(Span<T> text, ref int at, uint value)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (value >= 100)
        {
            text[at++] = T.CreateTruncating('0' + (value / 100));
        }

        if (value >= 10)
        {
            text[at++] = T.CreateTruncating('0' + (value / 10 % 10));
        }

        text[at++] = T.CreateTruncating('0' + (value % 10));
    }

    private static void PutHex<T>(Span<T> text, ref int at, uint value)
        where T : unmanaged, IBinaryInteger<T>
    {
        bool isStarted = false;
        for (int shift = 12; shift >= 0; shift -= 4)
        {
            uint digit = (value >> shift) & 0xF;
            if (digit != 0 || isStarted || shift == 0)
            {
                text[at++] = T.CreateTruncating(digit < 10 ? '0' + digit : 'a' + digit - 10);
                isStarted = true;
            }
        }
    }
}
