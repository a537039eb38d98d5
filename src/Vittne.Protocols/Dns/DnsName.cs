using System.Buffers;

namespace Vittne.Protocols.Dns;

/// <summary>Domain names on the wire (RFC 1035 sections 3.1 and 4.1.4), with the limits that keep hostile ones finite.</summary>
internal static class DnsName
{
    /// <summary>Octets of a name with its length octets and the root label (RFC 1035 section 2.3.4).</summary>
    public const int MaxWireLength = 255;

    /// <summary>Labels that fit into <see cref="MaxWireLength"/>.</summary>
    public const int MaxLabels = 127;

    /// <summary>Jumps; strictly falling pointers end anyway, this bounds the work.</summary>
    public const int MaxJumps = 128;

    private const byte Dot = (byte)'.';

    // Printable and neither the separator nor the escape sign: copied as it is.
    private static readonly SearchValues<byte> PlainBytes =
        SearchValues.Create("!\"#$%&'()*+,-/0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Steps over a name without following pointers further than checking them.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="offset">Where the name starts.</param>
    /// <returns>Offset behind the name, or -1 when it is no valid name.</returns>
    public static int Skip(ReadOnlySpan<byte> message, int offset)
    {
        var labels = new DnsLabels(message, offset);
        while (labels.MoveNext(out _))
        {
        }

        return labels.IsValid ? labels.End : -1;
    }

    /// <summary>Writes a name as text: labels joined with dots, no final dot, unprintable bytes as <c>\DDD</c> (RFC 4343).</summary>
    /// <returns>Bytes written; -1 when the name is no valid one or the destination is too small.</returns>
    public static int Write(ReadOnlySpan<byte> message, int offset, Span<byte> destination, bool lowerCase)
    {
        int written = 0;
        var labels = new DnsLabels(message, offset);
        while (labels.MoveNext(out ReadOnlySpan<byte> label))
        {
            if (written > 0)
            {
                if (written >= destination.Length)
                {
                    return -1;
                }

                destination[written++] = Dot;
            }

            int length = WriteLabel(label, destination[written..]);
            if (length < 0)
            {
                return -1;
            }

            if (lowerCase)
            {
                LowerCase(destination.Slice(written, length));
            }

            written += length;
        }

        return labels.IsValid ? written : -1;
    }

    private static int WriteLabel(ReadOnlySpan<byte> label, Span<byte> destination)
    {
        if (!label.ContainsAnyExcept(PlainBytes))
        {
            return label.TryCopyTo(destination) ? label.Length : -1;
        }

        int written = 0;
        foreach (byte b in label)
        {
            if (destination.Length - written < 4)
            {
                return -1;
            }

            if (PlainBytes.Contains(b))
            {
                destination[written++] = b;
                continue;
            }

            destination[written] = (byte)'\\';
            destination[written + 1] = (byte)('0' + (b / 100));
            destination[written + 2] = (byte)('0' + (b / 10 % 10));
            destination[written + 3] = (byte)('0' + (b % 10));
            written += 4;
        }

        return written;
    }

    private static void LowerCase(Span<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= (byte)'A' and <= (byte)'Z')
            {
                text[i] |= 0x20;
            }
        }
    }
}
