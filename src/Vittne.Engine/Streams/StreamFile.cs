using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>What one direction of a stream becomes: its file, and what is told of it. Offsets count from the byte behind the SYN, or from the first segment.</summary>
/// <param name="flow">The flow.</param>
/// <param name="direction">Who sent the bytes.</param>
/// <param name="options">What is asked for.</param>
/// <param name="store">Where the bytes go.</param>
/// <param name="first">The first packet with payload.</param>
internal sealed class StreamFile(FlowIdentity flow, Direction direction, StreamsOptions options, StreamStore store, in PacketStamp first)
{
    // A copy is compared with what is written in steps of this size.
    private const int CompareLength = 4096;

    // Shown streams are not written: their length is counted, that is all.
    private readonly bool _isShown = options.Console is not null;

    private long _origin;
    private long _shownBytes;
    private long _next;
    private long _end;

    /// <summary>The flow.</summary>
    public FlowIdentity Flow => flow;

    /// <summary>Who sent the bytes.</summary>
    public Direction Direction => direction;

    /// <summary>The first packet with payload.</summary>
    public PacketStamp First { get; } = first;

    /// <summary>Outermost VLAN of the first packet with payload; -1 without.</summary>
    public int Vlan { get; init; } = -1;

    /// <summary>The bytes.</summary>
    public StreamBytes Bytes { get; } = new(store);

    /// <summary>Bodies that were carried in it, in order; null without.</summary>
    public List<BodyFile>? Bodies { get; private set; }

    /// <summary>SHA-256 of the file once it is complete; empty when that is not asked for.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>What is missing.</summary>
    public GapList Gaps { get; } = new();

    /// <summary>Where offset 0 of the stream lies in the file: the lowest offset, 0 or less.</summary>
    public long Origin => _origin;

    /// <summary>Time of the last packet with payload.</summary>
    public long LastNs { get; private set; } = first.TimestampNs;

    /// <summary>Packets with payload.</summary>
    public long DataPackets { get; private set; }

    /// <summary>Those of them that only repeated what had come.</summary>
    public long RetransmittedPackets { get; private set; }

    /// <summary>Those of them that came behind later ones.</summary>
    public long LatePackets { get; private set; }

    /// <summary>True when there was more than is kept.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Bytes that a later copy had otherwise.</summary>
    public long ConflictBytes { get; set; }

    /// <summary>A body begins.</summary>
    public BodyFile AddBody(string suffix, string type, string encoding, bool isDecoded)
    {
        var body = new BodyFile(new StreamBytes(store, Bytes, suffix), type, encoding, isDecoded);
        (Bodies ??= []).Add(body);
        return body;
    }

    /// <summary>Writes all that is not written. The name must be there.</summary>
    public void Complete()
    {
        Sha256 = options.HashesFiles ? Bytes.Sha256() : "";
        Bytes.Complete();
        foreach (BodyFile body in Bodies ?? [])
        {
            body.Complete(options.HashesFiles);
        }
    }

    /// <summary>Takes note of a segment, before its bytes come.</summary>
    public void OnSegment(long offset, int wireLength, SegmentOrder order, in PacketStamp at)
    {
        DataPackets++;
        RetransmittedPackets += order == SegmentOrder.Old ? 1 : 0;
        LatePackets += order == SegmentOrder.Late ? 1 : 0;
        LastNs = Math.Max(LastNs, at.TimestampNs);
        _end = Math.Max(_end, offset + wireLength);
        if (offset < _origin && !_isShown)
        {
            // The stream began earlier than the first segment that was seen.
            Gaps.AddFirst(offset, _origin);
            Bytes.MoveBack(_origin - offset);
            _origin = offset;
        }
    }

    /// <summary>The part of the next bytes that is shown.</summary>
    public ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> shown = data[..(int)Math.Min(data.Length, options.MaxBytes - _shownBytes)];
        _shownBytes += shown.Length;
        return shown;
    }

    /// <summary>Takes the next bytes in order.</summary>
    public void OnData(ReadOnlySpan<byte> data)
    {
        if (_isShown)
        {
            return;
        }

        _next += data.Length;
        Bytes.Append(data[..(int)Within(data.Length)]);
        store.MakeRoom();
    }

    /// <summary>Steps over bytes that are missing.</summary>
    public void OnGap(long length)
    {
        if (_isShown)
        {
            return;
        }

        _next += length;
        length = Within(length);
        if (length > 0)
        {
            Gaps.AddLast(Bytes.Length + _origin, Bytes.Length + _origin + length);
            Bytes.AppendHole(length);
        }
    }

    /// <summary>Takes bytes before those that came last: they fill gaps, and are compared with what is there.</summary>
    public void OnOldData(long offset, ReadOnlySpan<byte> data)
    {
        if (_isShown)
        {
            return;
        }

        // What lies behind the bytes that are kept is dropped here too.
        data = data[..(int)Math.Clamp(Bytes.Length + _origin - offset, 0, data.Length)];
        while (!data.IsEmpty)
        {
            bool isMissing = Gaps.IsMissing(offset, offset + data.Length, out long partEnd);
            ReadOnlySpan<byte> part = data[..(int)(partEnd - offset)];
            if (isMissing)
            {
                Gaps.Fill(offset, partEnd);
                Bytes.Overwrite(offset - _origin, part);
            }
            else
            {
                Compare(offset, part);
            }

            data = data[part.Length..];
            offset = partEnd;
        }
    }

    /// <summary>Nothing more comes: what was sent behind the last captured byte is a gap too.</summary>
    public void OnEnd()
    {
        if (_end > _next)
        {
            OnGap(_end - _next);
        }
    }

    private long Within(long length)
    {
        long room = Math.Max(0, options.MaxBytes - Bytes.Length);
        IsTruncated |= length > room;
        return Math.Min(length, room);
    }

    private void Compare(long offset, ReadOnlySpan<byte> data)
    {
        Span<byte> stored = stackalloc byte[CompareLength];
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> part = data[..Math.Min(data.Length, stored.Length)];
            Span<byte> old = stored[..part.Length];
            Bytes.Read(offset - _origin, old);
            int differences = Differences(part, old);
            ConflictBytes += differences;
            if (differences > 0 && options.Overlap == OverlapPolicy.Last)
            {
                Bytes.Overwrite(offset - _origin, part);
            }

            data = data[part.Length..];
            offset += part.Length;
        }
    }

    private static int Differences(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right))
        {
            return 0;
        }

        int count = 0;
        for (int i = 0; i < left.Length; i++)
        {
            count += left[i] == right[i] ? 0 : 1;
        }

        return count;
    }
}
