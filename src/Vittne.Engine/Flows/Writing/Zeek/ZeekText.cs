using System.Buffers;
using System.Text;
using Vittne.Engine.Output;

namespace Vittne.Engine.Flows.Writing.Zeek;

/// <summary>Text as Zeek's ASCII writer escapes it: what would be read as structure, controls and broken text as <c>\xNN</c>.</summary>
internal static class ZeekText
{
    private const string Unset = "-";
    private const string Empty = "(empty)";

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Appends a field; null is unset, text without characters is empty.</summary>
    public static void Write(ByteBuffer output, string? text)
    {
        if (text is null)
        {
            output.Add('-');
        }
        else if (text.Length == 0)
        {
            output.Add("(empty)"u8);
        }
        else if (text is Unset || text.StartsWith(Empty, StringComparison.Ordinal))
        {
            Hex(output, (byte)text[0]);
            Escaped(output, text[1..]);
        }
        else
        {
            Escaped(output, text);
        }
    }

    private static void Escaped(ByteBuffer output, string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            FlowText.Utf8(output, text);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(bytes);
            if (rune.Value == '\\')
            {
                output.Add(@"\\"u8);
            }
            else if (Rune.IsControl(rune))
            {
                foreach (byte b in bytes[..length])
                {
                    Hex(output, b);
                }
            }
            else
            {
                output.Add(bytes[..length]);
            }
        }
    }

    private static void Hex(ByteBuffer output, byte value)
    {
        output.Add(@"\x"u8);
        output.Add("0123456789abcdef"u8[value >> 4]);
        output.Add("0123456789abcdef"u8[value & 15]);
    }
}
