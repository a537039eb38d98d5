using System.Buffers;

namespace Vittne.Protocols.CommandLines;

/// <summary>Joins the lines of a reply with a three-digit code (RFC 5321 section 4.2.1, RFC 959 section 4.2).</summary>
internal sealed class NumericReply
{
    // Help texts and welcomes have some hundred lines; what goes on longer is not waited for.
    private const int MaxLines = 1024;

    private ArrayBufferWriter<byte>? _text;
    private int _lines;

    /// <summary>The code of the reply that is being read or was read last.</summary>
    public int Code { get; private set; }

    /// <summary>True between the first line of a reply and its last.</summary>
    public bool IsOpen => _lines > 0;

    /// <summary>Text of the reply that is complete, lines joined by line feeds, cut at <see cref="CommandRecord.MaxKeptLength"/>.</summary>
    public byte[] Text { get; private set; } = [];

    /// <summary>Takes a line.</summary>
    /// <returns>True when it completes a reply.</returns>
    public bool Take(ReadOnlySpan<byte> line)
    {
        bool hasCode = CommandLine.IsNumericReply(line);
        int code = hasCode ? ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0' : 0;
        bool goesOn = hasCode && line.Length > 3 && line[3] == (byte)'-';
        ReadOnlySpan<byte> text = hasCode && (!IsOpen || code == Code) ? line[Math.Min(4, line.Length)..] : line;
        if (!IsOpen)
        {
            Code = code;
            if (!goesOn)
            {
                Text = text[..Math.Min(text.Length, CommandRecord.MaxKeptLength)].ToArray();
                return true;
            }
        }

        Append(text);
        if (++_lines < MaxLines && (goesOn || code != Code))
        {
            return false;
        }

        Close();
        return true;
    }

    /// <summary>Forgets an open reply whose end was lost.</summary>
    public void Reset()
    {
        _lines = 0;
        _text = null;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        _text ??= new ArrayBufferWriter<byte>(256);
        if (_lines > 0 && _text.WrittenCount < CommandRecord.MaxKeptLength)
        {
            _text.Write("\n"u8);
        }

        _text.Write(text[..Math.Min(text.Length, CommandRecord.MaxKeptLength - _text.WrittenCount)]);
    }

    private void Close()
    {
        Text = _text!.WrittenSpan.ToArray();
        Reset();
    }
}
