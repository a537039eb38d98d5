using System.Buffers;
using System.Text;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.CommandLines;

/// <summary>Words of a command line.</summary>
internal static class CommandLine
{
    // A first line with so many bytes and no end is not waited for.
    private const int MaxFirstLine = 1024;

    // What no text has. IRC marks commands to clients and formats with 1, 2, 3 and 15; terminals use the ones above 26.
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create([0, 4, 5, 6, 7, 8, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26]);

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    /// <summary>Cuts a line at its first blank.</summary>
    public static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        int blank = line.IndexOfAny(Blanks);
        rest = blank < 0 ? default : line[blank..].Trim(Blanks);
        return blank < 0 ? line : line[..blank];
    }

    /// <summary>The verb of the list that a word is, whatever its letter case, or null.</summary>
    public static string? Known(ReadOnlySpan<byte> word, string[] verbs)
    {
        foreach (string verb in verbs)
        {
            if (verb.Length == word.Length && Ascii.EqualsIgnoreCase(word, verb))
            {
                return verb;
            }
        }

        return null;
    }

    /// <summary>A word in upper case.</summary>
    public static string Upper(ReadOnlySpan<byte> word) => WireText.Of(word).ToUpperInvariant();

    /// <summary>True when all bytes are printable ASCII without blanks, and there is one.</summary>
    public static bool IsPrintable(ReadOnlySpan<byte> word) => !word.IsEmpty && !word.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>True for three digits with 1 to 5 first, followed by a blank, a hyphen or nothing (RFC 5321 section 4.2, RFC 959 section 4.2).</summary>
    public static bool IsNumericReply(ReadOnlySpan<byte> line) => line.Length >= 3
        && line[0] is >= (byte)'1' and <= (byte)'6'
        && line[1] is >= (byte)'0' and <= (byte)'9'
        && line[2] is >= (byte)'0' and <= (byte)'9'
        && (line.Length == 3 || line[3] is (byte)' ' or (byte)'-');

    /// <summary>Whether a text is in a line, whatever the letter case.</summary>
    /// <param name="line">The line.</param>
    /// <param name="lower">What is looked for, in lower case.</param>
    public static bool Contains(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i + lower.Length <= line.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(line.Slice(i, lower.Length), lower))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a line begins with a text, whatever the letter case.</summary>
    public static bool Begins(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text) =>
        line.Length >= text.Length && Ascii.EqualsIgnoreCase(line[..text.Length], text);

    /// <summary>The first line of a direction, if there is a whole one and it is text.</summary>
    public static Recognition TakeFirst(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> line) => TakeFirst(data, out line, out _);

    /// <summary>The first line of a direction and what follows it.</summary>
    /// <returns>No when it is no text or too long, NeedMore when its end is not there.</returns>
    public static Recognition TakeFirst(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> line, out ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> near = data[..Math.Min(data.Length, MaxFirstLine)];
        int end = near.IndexOf((byte)'\n');
        line = end < 0 ? near : near[..end].TrimEnd((byte)'\r');
        rest = end < 0 ? default : data[(end + 1)..];
        if (line.ContainsAny(ControlBytes))
        {
            return Recognition.No;
        }

        return end >= 0 ? (line.IsEmpty ? Recognition.No : Recognition.Yes) : data.Length < MaxFirstLine ? Recognition.NeedMore : Recognition.No;
    }
}
