using System.Buffers;
using System.Text;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>Texts of requests: bytes as Latin-1 for comparing, as UTF-8 for showing.</summary>
internal static class RequestText
{
    private static readonly SearchValues<char> Blurring = SearchValues.Create("( )\r\n");

    /// <summary>Latin-1 with the ASCII letters in lower case.</summary>
    public static string LowerLatin1(ReadOnlySpan<byte> bytes) =>
        string.Create(bytes.Length, bytes, static (characters, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                byte octet = source[i];
                characters[i] = (char)(octet is >= (byte)'A' and <= (byte)'Z' ? octet | 0x20 : octet);
            }
        });

    /// <summary>Latin-1 text as UTF-8 where it is that, with the characters percent-encoded that mark parts of an event's trail.</summary>
    public static string ForDisplay(string latin1)
    {
        string text = Readable(latin1);
        if (!text.AsSpan().ContainsAny(Blurring))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (char character in text)
        {
            _ = character switch
            {
                '(' => shown.Append("%28"),
                ')' => shown.Append("%29"),
                ' ' => shown.Append("%20"),
                '\r' => shown.Append("%0D"),
                '\n' => shown.Append("%0A"),
                _ => shown.Append(character),
            };
        }

        return shown.ToString();
    }

    /// <summary>Latin-1 text as UTF-8; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Readable(string latin1) =>
        Ascii.IsValid(latin1) ? latin1 : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));
}
