using System.Buffers.Binary;

namespace Vittne.Protocols.Dns;

/// <summary>Reads single entries of a message at an offset.</summary>
internal static class DnsWalk
{
    private const int QuestionTailLength = 4;
    private const int ResourceTailLength = 10;

    /// <summary>Reads a question.</summary>
    public static DnsWalkEnd TryReadQuestion(ReadOnlySpan<byte> message, int offset, out DnsQuestion question, out int next)
    {
        question = default;
        DnsWalkEnd end = SkipName(message, offset, out next);
        if (end != DnsWalkEnd.None)
        {
            return end;
        }

        if (message.Length - next < QuestionTailLength)
        {
            return DnsWalkEnd.Short;
        }

        ReadOnlySpan<byte> tail = message[next..];
        question = new DnsQuestion(offset, BinaryPrimitives.ReadUInt16BigEndian(tail), BinaryPrimitives.ReadUInt16BigEndian(tail[2..]));
        next += QuestionTailLength;
        return DnsWalkEnd.None;
    }

    /// <summary>Reads a resource record.</summary>
    public static DnsWalkEnd TryReadResource(ReadOnlySpan<byte> message, int offset, DnsSection section, out DnsResource resource, out int next)
    {
        resource = default;
        DnsWalkEnd end = SkipName(message, offset, out next);
        if (end != DnsWalkEnd.None)
        {
            return end;
        }

        if (message.Length - next < ResourceTailLength)
        {
            return DnsWalkEnd.Short;
        }

        ReadOnlySpan<byte> tail = message[next..];
        int length = BinaryPrimitives.ReadUInt16BigEndian(tail[8..]);
        int dataOffset = next + ResourceTailLength;
        if (message.Length - dataOffset < length)
        {
            return DnsWalkEnd.Short;
        }

        resource = new DnsResource(message, section, offset, dataOffset, length)
        {
            Type = BinaryPrimitives.ReadUInt16BigEndian(tail),
            Class = BinaryPrimitives.ReadUInt16BigEndian(tail[2..]),
            TimeToLive = BinaryPrimitives.ReadUInt32BigEndian(tail[4..]),
        };
        next = dataOffset + length;
        return DnsWalkEnd.None;
    }

    private static DnsWalkEnd SkipName(ReadOnlySpan<byte> message, int offset, out int next)
    {
        next = offset;
        if (offset >= message.Length)
        {
            return DnsWalkEnd.Short;
        }

        int behind = DnsName.Skip(message, offset);
        if (behind < 0)
        {
            return DnsWalkEnd.BadName;
        }

        next = behind;
        return DnsWalkEnd.None;
    }
}
