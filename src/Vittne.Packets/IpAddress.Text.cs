using System.Numerics;

namespace Vittne.Packets;

/// <content>Writes text: dotted decimal and RFC 5952.</content>
public readonly partial record struct IpAddress : IUtf8SpanFormattable, ISpanFormattable
{
    /// <summary>Bytes or characters that the longest text needs: eight groups of four digits and seven colons.</summary>
    public const int MaxTextLength = 39;

    private const int Groups = 8;

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

    private int Format<T>(Span<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        int at = 0;
        if (IsV4)
        {
            PutDotted(text, ref at, V4);
            return at;
        }

        if (IsMapped)
        {
            // RFC 5952 section 5: with the well-known prefix the last 32 bits stand as an IPv4 address.
            foreach (char c in "::ffff:")
            {
                text[at++] = T.CreateTruncating(c);
            }

            PutDotted(text, ref at, (uint)Low);
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

    private static void PutDotted<T>(Span<T> text, ref int at, uint address)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            PutDecimal(text, ref at, (byte)(address >> shift));
            if (shift > 0)
            {
                text[at++] = T.CreateTruncating('.');
            }
        }
    }

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
