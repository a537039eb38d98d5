using System.Runtime.InteropServices;
using Vittne.Flows.Records;

namespace Vittne.Flows.Analysis.Beacons;

/// <summary>Connections of one host to one port of another.</summary>
internal sealed class BeaconGroup
{
    private readonly List<long> _starts = [];
    private readonly List<long> _sizes = [];

    /// <summary>The flows.</summary>
    public FlowEvidence Evidence { get; } = new();

    /// <summary>Payload bytes sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Payload bytes received.</summary>
    public long Received { get; private set; }

    /// <summary>When they began.</summary>
    public long[] Starts => [.. _starts];

    /// <summary>Bytes sent by each.</summary>
    public double[] Sizes => [.. CollectionsMarshal.AsSpan(_sizes).ToArray().Select(static size => (double)size)];

    /// <summary>True when enough of them began at three or more different times.</summary>
    public bool IsEnough(int connections) => _starts.Count >= connections && _starts.Distinct().Skip(2).Any();

    /// <summary>Takes a connection in.</summary>
    public void Add(FlowRecord record, long sent, long received)
    {
        Evidence.Add(record);
        Sent = FlowRecord.Sum(Sent, sent);
        Received = FlowRecord.Sum(Received, received);
        _starts.Add(record.FirstNs);
        _sizes.Add(sent);
    }
}
