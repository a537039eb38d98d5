using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Packets.Payloads;
using Vittne.Protocols.Patterns;

namespace Vittne.Engine.Grep;

/// <summary>Judges the packets of batches, each by itself. One per thread.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="filter">Which packets are searched; null for all.</param>
internal sealed class GrepMatcher(GrepOptions options, PacketFilter? filter)
{
    private readonly PayloadReader _reader = new();

    /// <summary>Fills in the verdicts of a slot.</summary>
    public void Match(GrepSlot slot)
    {
        PacketBatch packets = slot.Batch.Packets;
        GrepVerdict[] verdicts = slot.Verdicts;
        BytePatternList patterns = options.Patterns;
        int maxLength = options.MaxLength;
        int passed = 0;
        GrepVerdict any = GrepVerdict.None;
        int count = packets.Count;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> bytes = packets.Bytes(i);
            GrepVerdict verdict = GrepVerdict.None;
            if ((filter is null || filter.Matches(packets, i)) && _reader.TryRead(bytes, packets.Packets[i], out PacketPayload payload))
            {
                passed++;
                verdict = GrepVerdict.Passed | (payload.IsFragment ? GrepVerdict.Fragment : 0);
                int length = Math.Min(payload.Length, maxLength);
                if (payload.Length > 0)
                {
                    verdict |= GrepVerdict.HasPayload | (patterns.IsMatch(bytes.Slice(payload.Start, length)) ? GrepVerdict.Matches : 0);
                }
            }

            verdicts[i] = verdict;
            any |= verdict;
        }

        slot.Passed = passed;
        slot.Any = any;
    }
}
