using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Vittne.Protocols.Dns;

/// <summary>Reads the fields of RDATA, whose names may point into the whole message.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The width is what the reader needs to see.")]
internal ref struct DnsDataReader
{
    private readonly DnsMessage _message;
    private readonly int _end;
    private int _position;

    /// <summary>Stands before the first byte of the data.</summary>
    public DnsDataReader(DnsMessage message, in DnsResource resource)
    {
        _message = message;
        _position = resource.DataOffset;
        _end = resource.DataOffset + resource.Data.Length;
    }

    /// <summary>The bytes that were not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _message.Bytes[_position.._end];

    /// <summary>True when all bytes were read.</summary>
    public readonly bool IsAtEnd => _position == _end;

    /// <summary>Reads one byte.</summary>
    public bool TryReadUInt8(out byte value)
    {
        value = IsAtEnd ? (byte)0 : _message.Bytes[_position];
        return TrySkip(sizeof(byte));
    }

    /// <summary>Reads two bytes.</summary>
    public bool TryReadUInt16(out ushort value) => BinaryPrimitives.TryReadUInt16BigEndian(Rest, out value) && TrySkip(sizeof(ushort));

    /// <summary>Reads four bytes.</summary>
    public bool TryReadUInt32(out uint value) => BinaryPrimitives.TryReadUInt32BigEndian(Rest, out value) && TrySkip(sizeof(uint));

    /// <summary>Takes bytes.</summary>
    public bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        taken = (uint)length <= (uint)(_end - _position) ? Rest[..length] : default;
        return TrySkip(length);
    }

    /// <summary>Reads a domain name that begins in the data; <c>.</c> for the root.</summary>
    public bool TryReadName(out string name)
    {
        name = "";
        int behind = IsAtEnd ? -1 : DnsName.Skip(_message.Bytes, _position);
        if (behind < 0 || behind > _end || DnsPresentation.Name(_message, _position) is not { } text)
        {
            return false;
        }

        name = text.Length == 0 ? "." : text;
        _position = behind;
        return true;
    }

    /// <summary>Reads a character-string (RFC 1035 section 3.3) and appends it between quotation marks.</summary>
    public bool TryAppendString(StringBuilder text)
    {
        if (!TryReadUInt8(out byte length) || !TryTake(length, out ReadOnlySpan<byte> content))
        {
            return false;
        }

        DnsPresentation.AppendQuoted(text, content);
        return true;
    }

    private bool TrySkip(int length)
    {
        if ((uint)length > (uint)(_end - _position))
        {
            return false;
        }

        _position += length;
        return true;
    }
}
