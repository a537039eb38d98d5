using System.Buffers;
using System.Text;

namespace Vittne.Packets.Records.Schema;

/// <summary>Bytes of traffic as text: UTF-8 where they are, any other byte as <c>\xNN</c>.</summary>
public static class WireText
{
    /// <summary>Longest text of a field in bytes; what is longer is cut.</summary>
    public const int MaxLength = 8 << 10;

    /// <summary>The text of the first <see cref="MaxLength"/> bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, MaxLength)];
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length + 16);
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length);
            if (status == OperationStatus.Done)
            {
                text.Append(units[..rune.EncodeToUtf16(units)]);
            }
            else
            {
                foreach (byte unit in bytes[..length])
                {
                    text.Append("\\x").Append(Convert.ToHexStringLower([unit]));
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
