using System.Globalization;

namespace Vittne.Engine.Grep.Streams;

/// <summary>Decodes one part line by line into a buffer of bounded length.</summary>
/// <param name="encoding">How it is encoded.</param>
/// <param name="maxLength">Bytes that are kept.</param>
internal sealed class TransferDecoder(MimeEncoding encoding, int maxLength)
{
    private const int StartLength = 1 << 10;

    private byte[] _content = [];
    private int _length;
    private uint _bits;
    private int _bitCount;
    private bool _isPadded;

    /// <summary>What was decoded so far.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Takes a line with its end; false when it is none of the encoding.</summary>
    public bool TryTake(ReadOnlySpan<byte> line)
    {
        Reserve(line.Length);
        return encoding == MimeEncoding.Base64 ? TryTakeBase64(line.TrimEnd(" \t\r\n"u8)) : TakeQuoted(line);
    }

    private bool TryTakeBase64(ReadOnlySpan<byte> line)
    {
        foreach (byte letter in line)
        {
            if (letter != '=' && ValueOf(letter) < 0)
            {
                return false;
            }
        }

        foreach (byte letter in line)
        {
            _isPadded |= letter == '=';
            if (_isPadded)
            {
                // What follows padding belongs to the next value, if any writer puts one there.
                _isPadded = letter == '=';
                _bitCount = 0;
                if (_isPadded)
                {
                    continue;
                }
            }

            _bits = (_bits << 6) | (uint)ValueOf(letter);
            _bitCount += 6;
            if (_bitCount >= 8)
            {
                _bitCount -= 8;
                Put((byte)(_bits >> _bitCount));
            }
        }

        return true;
    }

    private bool TakeQuoted(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimEnd("\r\n"u8);

        // Blanks before the end of a line were added on the way (rule 3).
        ReadOnlySpan<byte> end = line[text.Length..];
        text = text.TrimEnd(" \t"u8);
        bool isSoft = text.EndsWith("="u8);
        text = isSoft ? text[..^1] : text;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                Put(value);
                i += 2;
            }
            else
            {
                Put(text[i]);
            }
        }

        foreach (byte letter in isSoft ? default : end)
        {
            Put(letter);
        }

        return true;
    }

    private static int ValueOf(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };

    private void Put(byte value)
    {
        if (_length < _content.Length)
        {
            _content[_length++] = value;
        }
    }

    // A line decodes to no more than its length; beyond the bound nothing is put.
    private void Reserve(int more)
    {
        if (_content.Length - _length < more && _content.Length < maxLength)
        {
            Array.Resize(ref _content, Math.Min(maxLength, Math.Max(StartLength, 2 * (_length + more))));
        }
    }
}
