using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Grep.Streams;

/// <summary>Matches as records.</summary>
internal static class StreamMatches
{
    /// <summary>Tells all matches in a text that is there as a whole, without overlaps.</summary>
    public static void TellAll(GrepOptions options, FlowIdentity flow, Direction direction, string part, ReadOnlySpan<byte> text, in PacketStamp at, IRecordSink sink)
    {
        bool isAnchored = options.Patterns.IsAnchored;
        for (int from = 0; from <= text.Length && (from == 0 || !isAnchored);)
        {
            if (!options.Patterns.TryFind(text[from..], out int pattern, out int start, out int length))
            {
                return;
            }

            if (length > 0)
            {
                sink.Add(Tell(options, flow, direction, part, text, from + start, length, pattern, from + start, at));
            }

            from += start + Math.Max(1, length);
        }
    }

    /// <summary>One match as a record.</summary>
    public static StreamMatchRecord Tell(
        GrepOptions options, FlowIdentity flow, Direction direction, string part, ReadOnlySpan<byte> text, int start, int length, int pattern, long offset, in PacketStamp at)
    {
        int from = Math.Max(0, start - options.Around);
        int to = (int)Math.Min(text.Length, (long)start + length + options.Around);
        return new StreamMatchRecord
        {
            Flow = flow,
            Direction = direction,
            At = at,
            Part = part,
            Offset = offset,
            Length = length,
            Pattern = pattern,
            Text = text[from..to].ToArray(),
            TextOffset = start - from,
        };
    }
}
