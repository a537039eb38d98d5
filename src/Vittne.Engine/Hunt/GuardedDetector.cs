using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Trails;

namespace Vittne.Engine.Hunt;

/// <summary>
/// A detector that cannot end the run. An exception costs it the record at hand and is counted; after <see cref="MaxFailures"/> it is switched
/// off. Not at the first: then one packet that reaches a bug would blind the rest of the run.
/// </summary>
internal sealed class GuardedDetector(IRecordDetector detector) : IRecordSink
{
    /// <summary>A caught exception costs some microseconds, and a sender may choose how often.</summary>
    internal const int MaxFailures = 16;

    private readonly List<Record> _found = [];

    public RecordInterest Interest => detector.Interest;

    /// <summary>Records, or the end, at which it failed.</summary>
    public int Failures { get; private set; }

    /// <summary>The detector, its first exception, and whether it was switched off; empty while it never failed.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>Shows it a record, and passes on what it finds.</summary>
    public void Show(Record record, IRecordSink findings)
    {
        if (Failures >= MaxFailures)
        {
            return;
        }

        try
        {
            detector.OnRecord(record, this);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Note(e);
        }

        if (_found.Count > 0)
        {
            PassOn(findings);
        }
    }

    /// <summary>The input ended.</summary>
    public void End(in PacketStamp at, IRecordSink findings)
    {
        if (Failures >= MaxFailures)
        {
            return;
        }

        try
        {
            detector.OnEnd(at, this);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Note(e);
        }

        PassOn(findings);
    }

    // Findings leave outside the guard: a full disk is no failure of the detector.
    void IRecordSink.Add(Record record) => _found.Add(record);

    private void PassOn(IRecordSink findings)
    {
        foreach (Record record in _found)
        {
            findings.Add(record);
        }

        _found.Clear();
    }

    private void Note(Exception e)
    {
        Failures++;
        if (Failures == 1)
        {
            Detail = $"{detector.GetType().Name}: {e.GetType().Name}";
        }

        if (Failures == MaxFailures)
        {
            Detail += ", then switched off";
        }
    }
}
