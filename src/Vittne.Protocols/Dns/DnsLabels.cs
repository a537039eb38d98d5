using System.Buffers.Binary;

namespace Vittne.Protocols.Dns;

/// <summary>Walks the labels of one name through its compression pointers (RFC 1035 section 4.1.4).</summary>
/// <param name="message">The whole message.</param>
/// <param name="offset">Where the name starts.</param>
internal ref struct DnsLabels(ReadOnlySpan<byte> message, int offset)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position = offset;
    private int _start = offset;
    private int _wireLength = 1;
    private int _labels;
    private int _jumps;

    /// <summary>Offset behind the name where it stands, known when <see cref="IsValid"/>.</summary>
    public int End { get; private set; } = -1;

    /// <summary>True when the root label was reached within all limits.</summary>
    public bool IsValid { get; private set; }

    /// <summary>The next label; false at the root or at damage.</summary>
    public bool MoveNext(out ReadOnlySpan<byte> label)
    {
        label = default;
        while ((uint)_position < (uint)_message.Length)
        {
            byte length = _message[_position];
            switch (length >> 6)
            {
                case 0 when length == 0:
                    IsValid = true;
                    End = End < 0 ? _position + 1 : End;
                    return false;

                case 0:
                    _wireLength += length + 1;
                    if (_wireLength > DnsName.MaxWireLength || ++_labels > DnsName.MaxLabels || _message.Length - _position - 1 < length)
                    {
                        return false;
                    }

                    label = _message.Slice(_position + 1, length);
                    _position += length + 1;
                    return true;

                case 3:
                    if (_message.Length - _position < 2)
                    {
                        return false;
                    }

                    int target = BinaryPrimitives.ReadUInt16BigEndian(_message[_position..]) & 0x3FFF;
                    End = End < 0 ? _position + 2 : End;

                    // Only backwards, before the part that holds the pointer: a chain that falls strictly cannot loop.
                    if (target >= _start || target < DnsMessage.HeaderLength || ++_jumps > DnsName.MaxJumps)
                    {
                        return false;
                    }

                    _position = _start = target;
                    break;

                default:
                    return false;
            }
        }

        return false;
    }
}
