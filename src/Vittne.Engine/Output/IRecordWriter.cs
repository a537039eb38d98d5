using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>One form in which records are written.</summary>
public interface IRecordWriter
{
    /// <summary>Takes one record.</summary>
    /// <param name="schema">Its kind.</param>
    /// <param name="record">The record.</param>
    void Write(RecordSchema schema, Record record);

    /// <summary>Everything was told: writes what waits.</summary>
    void Flush();
}
