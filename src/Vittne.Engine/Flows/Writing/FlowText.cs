using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Vittne.Engine.Output;

namespace Vittne.Engine.Flows.Writing;

/// <summary>Values of flow records as the text forms show them, appended to a buffer without a string between.</summary>
internal static class FlowText
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMicrosecond = 1_000;
    private const int SecondsPerDay = 86_400;

    // What is written as it stands within JSON text: ASCII but for controls, quotation mark and backslash.
    private static readonly SearchValues<char> PlainJson = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Nanoseconds as decimal seconds with six digits, or nine when <paramref name="digits"/> says so or microseconds would lose something.</summary>
    public static void Seconds(ByteBuffer output, long ns, int digits)
    {
        long second = Math.DivRem(ns, NsPerSecond, out long fraction);
        if (ns < 0)
        {
            output.Add('-');
            second = -second;
            fraction = -fraction;
        }

        output.Number(second);
        output.Add('.');
        if (digits <= 6 && fraction % NsPerMicrosecond == 0)
        {
            output.Number(fraction / NsPerMicrosecond, 6);
        }
        else
        {
            output.Number(fraction, 9);
        }
    }

    /// <summary>The same as a string, for times and durations, which are never negative.</summary>
    public static string Seconds(long ns, int digits)
    {
        long second = Math.DivRem(ns, NsPerSecond, out long fraction);
        return digits <= 6 && fraction % NsPerMicrosecond == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{second}.{fraction / NsPerMicrosecond:D6}")
            : string.Create(CultureInfo.InvariantCulture, $"{second}.{fraction:D9}");
    }

    /// <summary>Nanoseconds as decimal seconds with exactly six digits, rounded to the nearest.</summary>
    public static void Microseconds(ByteBuffer output, long ns)
    {
        long rounded = (ns / NsPerMicrosecond) + (ns % NsPerMicrosecond >= 500 ? 1 : ns % NsPerMicrosecond <= -500 ? -1 : 0);
        Seconds(output, rounded * NsPerMicrosecond, 6);
    }

    /// <summary>A number with a fraction: the shortest text that reads back as the same number.</summary>
    public static void Number(ByteBuffer output, double value)
    {
        value.TryFormat(output.Reserve(32), out int written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>A number with exactly six digits of fraction.</summary>
    public static void Fixed(ByteBuffer output, double value)
    {
        // A double before its point has up to 309 digits.
        value.TryFormat(output.Reserve(320), out int written, "F6", CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Text between quotation marks, as JSON wants it.</summary>
    public static void Json(ByteBuffer output, string text)
    {
        output.Add('"');
        if (text.AsSpan().ContainsAnyExcept(PlainJson))
        {
            output.Add(JsonEncoded(text));
        }
        else
        {
            Utf8(output, text);
        }

        output.Add('"');
    }

    /// <summary>Text as UTF-8; a lone surrogate becomes U+FFFD.</summary>
    public static void Utf8(ByteBuffer output, ReadOnlySpan<char> text)
    {
        int written = Encoding.UTF8.GetBytes(text, output.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
        output.Advance(written);
    }

    /// <summary>Text as UTF-8 in which control characters stand as <c>\xNN</c>, a byte each.</summary>
    public static void Visible(ByteBuffer output, string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c >= ' ' && c is < '\x7F' or > '\x9F')
            {
                continue;
            }

            Utf8(output, text.AsSpan(start, i - start));
            output.Add(@"\x"u8);
            output.Add("0123456789abcdef"u8[c >> 4]);
            output.Add("0123456789abcdef"u8[c & 15]);
            start = i + 1;
        }

        Utf8(output, text.AsSpan(start));
    }

    /// <summary>Time as RFC 3339 in UTC with nine digits: <c>2026-01-02T03:04:05.123456789Z</c>.</summary>
    public static void Rfc3339(ByteBuffer output, long ns)
    {
        (long second, long fraction) = Split(ns);
        Date(output, second, 'T');
        output.Add('.');
        output.Number(fraction, 9);
        output.Add('Z');
    }

    /// <summary>Time as EVE has it: microseconds and an offset of zero, <c>2026-01-02T03:04:05.123456+0000</c>.</summary>
    public static void Eve(ByteBuffer output, long ns)
    {
        (long second, long fraction) = Split(ns);
        Date(output, second, 'T');
        output.Add('.');
        output.Number(fraction / NsPerMicrosecond, 6);
        output.Add("+0000"u8);
    }

    /// <summary>Date and clock time to the second in UTC.</summary>
    public static void Date(ByteBuffer output, long second, char between, char clockSeparator = ':')
    {
        long day = Math.DivRem(second, SecondsPerDay, out long clock);
        if (clock < 0)
        {
            day--;
            clock += SecondsPerDay;
        }

        DateTime date = DateTime.UnixEpoch.AddDays(Math.Clamp(day, -719_162, 2_932_896));
        output.Number(date.Year, 4);
        output.Add('-');
        output.Number(date.Month, 2);
        output.Add('-');
        output.Number(date.Day, 2);
        output.Add(between);
        output.Number(clock / 3600, 2);
        output.Add(clockSeparator);
        output.Number(clock / 60 % 60, 2);
        output.Add(clockSeparator);
        output.Number(clock % 60, 2);
    }

    /// <summary>Whole seconds since the epoch, and nanoseconds from there; these are never negative.</summary>
    public static (long Second, long Fraction) Split(long ns)
    {
        long second = Math.DivRem(ns, NsPerSecond, out long fraction);
        return fraction < 0 ? (second - 1, fraction + NsPerSecond) : (second, fraction);
    }

    private static byte[] JsonEncoded(string text) => Encoding.UTF8.GetBytes(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text));
}
