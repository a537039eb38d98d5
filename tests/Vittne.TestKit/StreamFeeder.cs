using Vittne.Packets;
using Vittne.Protocols;

namespace Vittne.TestKit;

/// <summary>
/// Feeds a stream parser as a session does: what it did not consume comes again with more appended, not before
/// <see cref="StreamParser.Needed"/> bytes are there; nothing more after it is done or has handed over. Each feed is one packet.
/// </summary>
/// <param name="parser">The parser under test.</param>
public sealed class StreamFeeder(StreamParser parser)
{
    private readonly List<byte>[] _carry = [[], []];
    private readonly bool[] _isEnded = new bool[2];
    private long _packet;

    /// <summary>How often the parser was called with data.</summary>
    public int Calls { get; private set; }

    /// <summary>Bytes that the parser did not consume; after a hand-over what the next protocol gets.</summary>
    public byte[] Rest(Direction direction) => [.. _carry[(int)direction]];

    /// <summary>One segment.</summary>
    public StreamFeeder Feed(Direction direction, ReadOnlySpan<byte> segment)
    {
        _packet++;
        List<byte> carry = _carry[(int)direction];
        if (!parser.HandsOver && parser.IsDone(direction))
        {
            return this;
        }

        carry.AddRange(segment);
        if (!parser.HandsOver && carry.Count >= parser.Needed(direction) && carry.Count > 0)
        {
            Calls++;
            int consumed = parser.OnData(direction, carry.ToArray(), TestFlow.At(_packet));
            if (consumed < 0 || consumed > carry.Count)
            {
                throw new InvalidOperationException($"The parser consumed {consumed} of {carry.Count} bytes.");
            }

            carry.RemoveRange(0, consumed);
        }

        return this;
    }

    /// <summary>A segment of the client.</summary>
    public StreamFeeder Client(ReadOnlySpan<byte> segment) => Feed(Direction.FromOriginator, segment);

    /// <summary>A segment of the server.</summary>
    public StreamFeeder Server(ReadOnlySpan<byte> segment) => Feed(Direction.FromResponder, segment);

    /// <summary>Feeds bytes cut into segments of the given lengths, repeated from the start when they are used up; 0 counts as 1.</summary>
    public StreamFeeder Cut(Direction direction, ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> lengths)
    {
        for (int turn = 0; !bytes.IsEmpty; turn++)
        {
            int length = lengths.IsEmpty ? bytes.Length : Math.Clamp(lengths[turn % lengths.Length], 1, bytes.Length);
            Feed(direction, bytes[..length]);
            bytes = bytes[length..];
        }

        return this;
    }

    /// <summary>Missing bytes.</summary>
    public StreamFeeder Gap(Direction direction, long length)
    {
        _packet++;
        if (!parser.HandsOver)
        {
            parser.OnGap(direction, Rest(direction), length, TestFlow.At(_packet));
        }

        _carry[(int)direction].Clear();

        return this;
    }

    /// <summary>The end of a direction.</summary>
    public StreamFeeder End(Direction direction)
    {
        _packet++;
        if (!parser.HandsOver && !_isEnded[(int)direction])
        {
            _isEnded[(int)direction] = true;
            parser.OnEnd(direction, Rest(direction), TestFlow.At(_packet));
            _carry[(int)direction].Clear();
        }

        return this;
    }

    /// <summary>The end of both directions, the client's first.</summary>
    public StreamFeeder End() => End(Direction.FromOriginator).End(Direction.FromResponder);
}
