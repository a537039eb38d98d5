using Vittne.Flows.Reassembly;

namespace Vittne.Engine.Tests.Streams;

/// <summary>What a stream must become, byte by byte and without any care for speed.</summary>
internal sealed class StreamModel
{
    private readonly SortedDictionary<long, byte> _bytes = [];

    /// <summary>Plays segments in the order of their arrival.</summary>
    /// <param name="policy">Which copy counts.</param>
    /// <param name="hasSyn">Whether offset 0 is known to be the first byte.</param>
    /// <param name="segments">Offset and bytes of each.</param>
    public StreamModel(OverlapPolicy policy, bool hasSyn, IReadOnlyList<(long Offset, byte[] Data)> segments)
    {
        List<(long Start, long End)> stored = [];
        long delivered = hasSyn || segments.Count == 0 ? 0 : segments[0].Offset;
        foreach ((long offset, byte[] data) in segments)
        {
            (long Start, long End) sent = (offset, offset + data.Length);
            for (int i = 0; i < data.Length; i++)
            {
                long at = offset + i;
                if (hasSyn && at < 0)
                {
                    continue;
                }

                bool isTaken = _bytes.TryGetValue(at, out byte old);
                Conflicts += isTaken && old != data[i] ? 1 : 0;
                bool wins = policy == OverlapPolicy.Last
                    || (at >= delivered && stored.Where(other => other.Start <= at && at < other.End).All(other => Wins(policy, sent, other)));
                if (!isTaken || wins)
                {
                    _bytes[at] = data[i];
                }
            }

            stored.Add(sent);
            while (_bytes.ContainsKey(delivered))
            {
                delivered++;
            }
        }

        long low = hasSyn ? 0 : _bytes.Keys.FirstOrDefault();
        long end = _bytes.Count == 0 ? low : _bytes.Keys.Last() + 1;
        Content = new byte[end - low];
        for (long at = low; at < end; at++)
        {
            if (_bytes.TryGetValue(at, out byte value))
            {
                Content[at - low] = value;
            }
            else if (Gaps.Count > 0 && Gaps[^1].Offset + Gaps[^1].Length == at - low)
            {
                Gaps[^1] = (Gaps[^1].Offset, Gaps[^1].Length + 1);
            }
            else
            {
                Gaps.Add((at - low, 1));
            }
        }
    }

    /// <summary>The bytes, with zero in gaps.</summary>
    public byte[] Content { get; }

    /// <summary>What is missing.</summary>
    public List<(long Offset, long Length)> Gaps { get; } = [];

    /// <summary>Bytes that a later copy had otherwise.</summary>
    public long Conflicts { get; }

    private static bool Wins(OverlapPolicy policy, (long Start, long End) sent, (long Start, long End) other) => policy switch
    {
        OverlapPolicy.Bsd => sent.Start < other.Start,
        OverlapPolicy.Linux => sent.Start < other.Start || (sent.Start == other.Start && sent.End > other.End),
        OverlapPolicy.OldLinux => sent.Start < other.Start || (sent.Start == other.Start && sent.End >= other.End),
        OverlapPolicy.Solaris => sent.Start <= other.Start ? sent.End >= other.End : sent.End > other.End,
        _ => false,
    };
}
