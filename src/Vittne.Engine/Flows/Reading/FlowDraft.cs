using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>A record that is being read, with what has to wait for other columns of its line.</summary>
internal sealed class FlowDraft
{
    private const int Nanoseconds = 9;
    private const int Microseconds = 6;

    /// <summary>The record.</summary>
    public FlowRecord Record { get; private set; } = new();

    /// <summary>Strings that repeat.</summary>
    public TextPool Pool { get; } = new();

    /// <summary>Values that were set.</summary>
    public int Known { get; set; }

    /// <summary>Its duration, in case that no last time comes; -1 unknown.</summary>
    public long DurationNs { get; set; }

    /// <summary>What the line is when it says so: a kind of event.</summary>
    public string? Kind { get; set; }

    /// <summary>Original ports of ICMP: type and code, or type and answer.</summary>
    public int SourcePort { get; set; }

    /// <summary>The other one.</summary>
    public int DestinationPort { get; set; }

    /// <summary>A value of a form that has no field of its own; -1 unknown.</summary>
    public long Extra { get; set; }

    /// <summary>Begins the next record.</summary>
    public void Begin()
    {
        Record = new FlowRecord();
        Known = 0;
        DurationNs = -1;
        Kind = null;
        SourcePort = -1;
        DestinationPort = -1;
        Extra = -1;
    }

    /// <summary>A time was read with so many digits: more than six mean a clock of nanoseconds.</summary>
    public void SawDigits(int digits)
    {
        if (digits > Microseconds)
        {
            Record.TimeDigits = Nanoseconds;
        }
    }

    /// <summary>All columns came: the last time follows from the duration when nothing told it.</summary>
    public void CompleteTimes()
    {
        if (Record.FirstNs >= 0 && Record.LastNs < 0 && DurationNs >= 0)
        {
            Record.LastNs = Record.FirstNs > long.MaxValue - DurationNs ? long.MaxValue : Record.FirstNs + DurationNs;
        }
    }
}
