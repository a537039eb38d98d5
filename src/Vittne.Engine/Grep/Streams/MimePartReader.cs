using System.Text;

namespace Vittne.Engine.Grep.Streams;

/// <summary>Takes a part of a message that was encoded for transfer.</summary>
internal delegate void MimePartTaker(ReadOnlySpan<byte> content);

/// <summary>
/// Finds parts in base64 and quoted-printable (RFC 2045 section 6) in lines of any protocol that carries messages, and decodes them. It knows the lines of
/// heads and no protocol: SMTP, POP3, IMAP, NNTP and forms of HTTP look alike here.
/// </summary>
/// <param name="maxLength">Bytes of a part that are decoded; the rest is left out.</param>
/// <param name="taker">Takes the parts.</param>
internal sealed class MimePartReader(int maxLength, MimePartTaker taker)
{
    /// <summary>Longest line that is looked at (RFC 5322 allows 998); heads may be folded, encoded bodies are shorter.</summary>
    private const int MaxLine = 8 << 10;

    /// <summary>Boundaries that are known at a time: messages nest, attacks nest deeper.</summary>
    private const int MaxBoundaries = 16;

    private const int MaxBoundaryLength = 70;

    private readonly List<byte[]> _boundaries = [];
    private byte[] _line = [];
    private int _lineLength;
    private bool _isLineLost;
    private bool _isFieldOpen;
    private MimeEncoding _announced;
    private TransferDecoder? _part;

    /// <summary>True when these are no lines of text: nothing is looked at any more.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty && !IsHopeless)
        {
            int end = data.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = end < 0 ? data : data[..(end + 1)];
            data = data[piece.Length..];
            if (end >= 0 && _lineLength == 0 && !_isLineLost)
            {
                OnLine(piece);
                continue;
            }

            Keep(piece);
            if (end >= 0)
            {
                if (!_isLineLost)
                {
                    OnLine(_line.AsSpan(0, _lineLength));
                }

                _lineLength = 0;
                _isLineLost = false;
            }
        }
    }

    /// <summary>Bytes are missing, or no more come: a part ends with what is there of it.</summary>
    public void End()
    {
        if (_lineLength > 0 && !_isLineLost && _part is not null)
        {
            OnLine(_line.AsSpan(0, _lineLength));
        }

        EndPart();
        _announced = MimeEncoding.None;
        _lineLength = 0;
        _isLineLost = false;
        _isFieldOpen = false;
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_isLineLost)
        {
            return;
        }

        if (_lineLength + piece.Length > MaxLine)
        {
            // Such a line belongs to no head and no encoded body.
            _isLineLost = true;
            EndPart();
            return;
        }

        if (_line.Length < _lineLength + piece.Length)
        {
            Array.Resize(ref _line, Math.Min(MaxLine, Math.Max(256, 2 * (_lineLength + piece.Length))));
        }

        piece.CopyTo(_line.AsSpan(_lineLength));
        _lineLength += piece.Length;
    }

    private void OnLine(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd("\r\n"u8);
        if (_part is not null)
        {
            if (!IsEndOfPart(text) && _part.TryTake(line))
            {
                return;
            }

            EndPart();
        }

        if (text.Contains((byte)0))
        {
            IsHopeless = true;
            return;
        }

        ReadHead(text);
    }

    private bool IsEndOfPart(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)'.'])
        {
            return true;
        }

        if (!line.StartsWith("--"u8))
        {
            return false;
        }

        foreach (byte[] boundary in _boundaries)
        {
            if (line[2..].StartsWith(boundary))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadHead(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            if (_announced != MimeEncoding.None)
            {
                _part = new TransferDecoder(_announced, maxLength);
                _announced = MimeEncoding.None;
            }

            _isFieldOpen = false;
            return;
        }

        ReadBoundary(line);
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            if (_isFieldOpen)
            {
                ReadEncoding(line);
            }

            return;
        }

        ReadOnlySpan<byte> name = "Content-Transfer-Encoding:"u8;
        _isFieldOpen = line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);
        if (_isFieldOpen)
        {
            ReadEncoding(line[name.Length..]);
        }
        else if (!line.Contains((byte)':'))
        {
            // No line of a head: what was announced was text.
            _announced = MimeEncoding.None;
        }
    }

    private void ReadEncoding(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t"u8);
        _announced = Ascii.EqualsIgnoreCase(value, "base64"u8) ? MimeEncoding.Base64
            : Ascii.EqualsIgnoreCase(value, "quoted-printable"u8) ? MimeEncoding.QuotedPrintable
            : _announced;
    }

    private void ReadBoundary(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> word = "boundary="u8;
        for (int at = 0; at + word.Length < line.Length; at++)
        {
            int found = line[at..].IndexOfAny((byte)'b', (byte)'B');
            if (found < 0 || line.Length - at - found < word.Length)
            {
                return;
            }

            at += found;
            if (!Ascii.EqualsIgnoreCase(line.Slice(at, word.Length), word))
            {
                continue;
            }

            ReadOnlySpan<byte> value = line[(at + word.Length)..];
            value = value.StartsWith("\""u8) ? value[1..] : value;
            int end = value.IndexOfAny("\"; \t"u8);
            value = end < 0 ? value : value[..end];
            if (value.Length is > 0 and <= MaxBoundaryLength)
            {
                if (_boundaries.Count == MaxBoundaries)
                {
                    _boundaries.RemoveAt(0);
                }

                _boundaries.Add(value.ToArray());
            }

            return;
        }
    }

    private void EndPart()
    {
        if (_part is { } part)
        {
            _part = null;
            if (!part.Content.IsEmpty)
            {
                taker(part.Content);
            }
        }
    }
}
