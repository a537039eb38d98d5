using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>What a flow has once it shows a second packet.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FlowDetail
{
    private const int MaxAnomalyKinds = 4;

    /// <summary>The two sides, by <see cref="Direction"/>.</summary>
    public SidePair Sides;

    /// <summary>The history of the whole flow.</summary>
    public HistoryText History;

    /// <summary>Earliest and latest packet of the record.</summary>
    public long FirstNs;

    public long LastNs;

    /// <summary>Time of the packet before, in order of arrival.</summary>
    public long PreviousNs;

    /// <summary>When the record ends though the flow goes on.</summary>
    public long BorderNs;

    public long FirstNumber;
    public long LastNumber;
    public int ClockBack;
    public int AnomalyCount;
    public int Fragments;

    /// <summary>Records written before this one.</summary>
    public int Records;

    /// <summary>Index of the TCP part; -1 without.</summary>
    public int Tcp;

    /// <summary>Index of the statistics; -1 without.</summary>
    public int Statistics;

    public bool HasManyMacs;

    private Kinds _kinds;
    private byte _kindCount;

    /// <summary>Kinds of what was wrong, in order of appearance.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<AnomalyKind> Anomalies => ((ReadOnlySpan<AnomalyKind>)_kinds)[.._kindCount];

    /// <summary>Counts something that was wrong.</summary>
    public void AddAnomaly(AnomalyKind kind)
    {
        AnomalyCount++;
        if (_kindCount < MaxAnomalyKinds && !Anomalies.Contains(kind))
        {
            _kinds[_kindCount++] = kind;
        }
    }

    /// <summary>Begins a new record of the same flow.</summary>
    public void BeginRecord(long firstNs, long number)
    {
        Records++;
        Sides[0].BeginRecord();
        Sides[1].BeginRecord();
        FirstNs = LastNs = firstNs;
        FirstNumber = number;
        ClockBack = 0;
        AnomalyCount = 0;
        Fragments = 0;
        _kindCount = 0;
    }

    [InlineArray(2)]
    internal struct SidePair
    {
        private SideMeter _first;
    }

    [InlineArray(MaxAnomalyKinds)]
    private struct Kinds
    {
        private AnomalyKind _first;
    }
}
