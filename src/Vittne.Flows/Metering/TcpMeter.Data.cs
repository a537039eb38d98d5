using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <content>Which bytes came, came again, and did not come.</content>
internal static partial class TcpMeter
{
    private static void AddData(ref TcpSide side, ref FlowSession? notes, Direction direction, long start, in PacketMeasure packet)
    {
        long end = start + packet.AppBytes;
        SequenceRanges? ranges = Ranges(notes, direction);
        if (start <= side.Next && ranges is null or { Count: 0 })
        {
            // Nearly always.
            if (end <= side.Next)
            {
                Repeat(ref side, packet);
                return;
            }

            side.UniqueBytes += end - Math.Max(side.Next, 1);
            side.Next = end;
        }
        else if (!TryAddBehindHole(ref side, ref notes, direction, Math.Max(start, 1), end))
        {
            Repeat(ref side, packet);
            return;
        }

        if (end > side.DataEnd)
        {
            side.DataEnd = end;
            if (side.SampleEnd == 0)
            {
                side.SampleEnd = end;
                side.SampleNs = packet.TimestampNs;
            }
        }
        else
        {
            side.SampleEnd = 0;
        }
    }

    private static void Repeat(ref TcpSide side, in PacketMeasure packet)
    {
        side.Retransmissions++;
        side.RetransmittedBytes += packet.AppBytes;

        // Which copy an acknowledgment is for cannot be told (Karn's rule).
        side.SampleEnd = 0;
    }

    private static bool TryAddBehindHole(ref TcpSide side, ref FlowSession? notes, Direction direction, long start, long end)
    {
        FlowNotes kept = FlowNotes.Of(ref notes);
        SequenceRanges ranges = direction == Direction.FromOriginator ? kept.Originator ??= new() : kept.Responder ??= new();
        bool fillsHole = start < ranges.End;
        long added = end <= side.Next ? 0 : ranges.Missing(Math.Max(start, side.Next), end);
        if (added == 0)
        {
            return false;
        }

        side.UniqueBytes += added;
        side.OutOfOrder += fillsHole ? 1 : 0;
        ranges.Add(Math.Max(start, side.Next), end);
        side.Next = ranges.Join(side.Next);
        return true;
    }

    /// <summary>An acknowledgment of bytes that did not come, while both sides were up: they are lost to who reads this capture.</summary>
    private static void NoteMissing(
        ref FlowDetail flow, ref TcpSide peer, in TcpSide side, ref FlowSession? notes, Direction direction, long acknowledged)
    {
        if (acknowledged <= Math.Max(peer.Trimmed, peer.Next))
        {
            peer.Trimmed = Math.Max(peer.Trimmed, acknowledged);
            return;
        }

        Direction of = 1 - direction;
        long from = Math.Max(peer.Trimmed, peer.Next);
        long to = peer.FinEnd > 0 && acknowledged >= peer.FinEnd ? peer.FinEnd - 1 : acknowledged;
        peer.Trimmed = acknowledged;
        long missing = Ranges(notes, of)?.Missing(from, to) ?? Math.Max(to - from, 0);
        if (missing > 0 && side.WasUp && peer.WasUp)
        {
            peer.MissedBytes += missing;
            if (IsPowerOfTen(++peer.Gaps))
            {
                AddLetter(ref flow, ref notes, of, 'G');
            }
        }
    }

    private static SequenceRanges? Ranges(FlowSession? notes, Direction direction) =>
        notes is not FlowNotes kept ? null : direction == Direction.FromOriginator ? kept.Originator : kept.Responder;
}
