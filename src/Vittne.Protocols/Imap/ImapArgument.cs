using System.Buffers;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Imap;

/// <summary>Joins the lines and literals of one command to its argument.</summary>
internal sealed class ImapArgument
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64);

    /// <summary>The argument so far.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Adds a piece as it is, cut at what is kept.</summary>
    public void Add(ReadOnlySpan<byte> piece) => _bytes.Write(piece[..Math.Min(piece.Length, CommandRecord.MaxKeptLength - _bytes.WrittenCount)]);

    /// <summary>Adds the content of a literal as a quoted string (RFC 9051 section 4.3).</summary>
    public void AddQuoted(ReadOnlySpan<byte> content)
    {
        Add("\""u8);
        while (!content.IsEmpty)
        {
            int special = content.IndexOfAny((byte)'"', (byte)'\\');
            Add(special < 0 ? content : content[..special]);
            if (special < 0)
            {
                break;
            }

            Add("\\"u8);
            Add(content.Slice(special, 1));
            content = content[(special + 1)..];
        }

        Add("\""u8);
    }
}
