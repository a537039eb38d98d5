using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>
/// Merges records of one key. The merged ones are handed on at the end, in the order in which their keys first came. Memory is bounded: when
/// there are too many keys at once, the one that was used longest ago is handed on early, which is counted.
/// </summary>
public sealed class FlowAggregator : IFlowSink
{
    /// <summary>Keys that are merged at once unless told otherwise.</summary>
    public const int DefaultMaxGroups = 2_000_000;

    private const int MaxParts = 24;

    // Who asks and who is asked are no two sides of one conversation.
    private const string Arp = "arp";

    private readonly FlowKey _key;
    private readonly FlowBinning? _bins;
    private readonly IFlowSink _next;
    private readonly int _maxGroups;
    private readonly Dictionary<byte[], FlowGroup> _groups;
    private readonly Dictionary<byte[], FlowGroup>.AlternateLookup<ReadOnlySpan<byte>> _byKey;
    private readonly byte[] _forward = new byte[sizeof(long) + (MaxParts * FlowKeyPart.MaxLength)];
    private readonly byte[] _turned = new byte[sizeof(long) + (MaxParts * FlowKeyPart.MaxLength)];
    private FlowGroup? _oldest;
    private FlowGroup? _newest;
    private long _made;

    /// <summary>Makes one.</summary>
    /// <param name="key">By what to merge.</param>
    /// <param name="bins">When records are cut to bins of time and each bin is merged by itself; else null.</param>
    /// <param name="next">What takes the merged records.</param>
    /// <param name="maxGroups">Keys at once.</param>
    public FlowAggregator(FlowKey key, FlowBinning? bins, IFlowSink next, int maxGroups = DefaultMaxGroups)
    {
        _key = key;
        _bins = bins;
        _next = next;
        _maxGroups = Math.Max(maxGroups, 1);
        _groups = new Dictionary<byte[], FlowGroup>(new KeyComparer());
        _byKey = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Merged records that were handed on early because there were too many keys at once: their keys may come again.</summary>
    public long HandedOnEarly { get; private set; }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        long bin = _bins?.BinOf(record) ?? 0;
        ReadOnlySpan<byte> key = Key(record, bin, out bool isTurned);
        if (_byKey.TryGetValue(key, out FlowGroup? group))
        {
            Merge(group, record, isTurned);
            Touch(group);
            return;
        }

        foreach (FlowKeyPart part in _key.Parts)
        {
            part.Field.Set(record, part.Get(record));
        }

        foreach (FlowField field in _key.LeftOut)
        {
            field.Set(record, FlowValue.Any);
        }

        if (_key.LeftOut.Count > 0)
        {
            record.ToldCommunityId = null;
        }

        record.IsAggregated = true;
        group = new FlowGroup(record) { IsTurned = isTurned, Bin = bin, Key = key.ToArray(), Ordinal = _made++ };
        if (_groups.Count >= _maxGroups)
        {
            HandOnOldest();
        }

        _groups.Add(group.Key, group);
        Append(group);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        var groups = new FlowGroup[_groups.Count];
        _groups.Values.CopyTo(groups, 0);
        Array.Sort(groups, static (a, b) => a.Bin != b.Bin ? a.Bin.CompareTo(b.Bin) : a.Ordinal.CompareTo(b.Ordinal));
        _groups.Clear();
        _oldest = _newest = null;
        for (int i = 0; i < groups.Length; i++)
        {
            FlowGroup group = groups[i];
            groups[i] = null!;
            HandOn(group);
        }

        _next.Finish();
    }

    /// <summary>The record's key: of the two that it has when sides may change places, the smaller one.</summary>
    private ReadOnlySpan<byte> Key(FlowRecord record, long bin, out bool isTurned)
    {
        isTurned = false;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(_forward, bin);
        int length = sizeof(long);
        foreach (FlowKeyPart part in _key.Parts)
        {
            length += FlowKeyPart.Write(part.Get(record), _forward.AsSpan(length));
        }

        if (!_key.IsBidirectional || (!_key.IsMatrix && record.Protocol == Arp))
        {
            return _forward.AsSpan(0, length);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(_turned, bin);
        int turnedLength = sizeof(long);
        for (int i = 0; i < _key.Parts.Count; i++)
        {
            FlowKeyPart part = _key.Parts[i];
            bool turns = !_key.IsMatrix || i < 2;
            turnedLength += FlowKeyPart.Write(turns ? part.GetTurned(record) : part.Get(record), _turned.AsSpan(turnedLength));
        }

        isTurned = _turned.AsSpan(0, turnedLength).SequenceCompareTo(_forward.AsSpan(0, length)) < 0;
        return isTurned ? _turned.AsSpan(0, turnedLength) : _forward.AsSpan(0, length);
    }

    private void Merge(FlowGroup group, FlowRecord record, bool isTurned)
    {
        if (group.Sums is null)
        {
            group.Sums = new FlowSums();
            group.Sums.Add(group.Record);
        }

        group.Sums.Add(record);
        if (group.IsTurned != isTurned)
        {
            // Who is known to have begun is the source; among equals who came first.
            bool groupTurns = group.Record.Direction is FlowDirection.Unknown or FlowDirection.Guessed
                && record.Direction is not (FlowDirection.Unknown or FlowDirection.Guessed);
            if (groupTurns)
            {
                Turn(group.Record);
                group.IsTurned = isTurned;
            }
            else
            {
                Turn(record);
            }
        }

        FlowMerging.Merge(group.Record, record);
    }

    // With the key 'matrix' a port that is part of the key stays where it is.
    private void Turn(FlowRecord record)
    {
        if (!_key.IsMatrix)
        {
            record.Turn();
            return;
        }

        var kept = new FlowValue[_key.Parts.Count];
        for (int i = 2; i < kept.Length; i++)
        {
            kept[i] = _key.Parts[i].Get(record);
        }

        record.Turn();
        for (int i = 2; i < kept.Length; i++)
        {
            _key.Parts[i].Field.Set(record, kept[i]);
        }
    }

    private void HandOn(FlowGroup group)
    {
        group.Sums?.Tell(group.Record);
        _next.Add(group.Record);
    }

    private void HandOnOldest()
    {
        FlowGroup group = _oldest!;
        Unlink(group);
        _groups.Remove(group.Key);
        HandedOnEarly++;
        HandOn(group);
    }

    private void Touch(FlowGroup group)
    {
        if (group != _newest)
        {
            Unlink(group);
            Append(group);
        }
    }

    private void Append(FlowGroup group)
    {
        group.Older = _newest;
        group.Newer = null;
        if (_newest is not null)
        {
            _newest.Newer = group;
        }

        _oldest ??= group;
        _newest = group;
    }

    private void Unlink(FlowGroup group)
    {
        if (group.Older is not null)
        {
            group.Older.Newer = group.Newer;
        }
        else
        {
            _oldest = group.Newer;
        }

        if (group.Newer is not null)
        {
            group.Newer.Older = group.Older;
        }
        else
        {
            _newest = group.Older;
        }
    }
}
