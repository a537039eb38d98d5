using Vittne.Packets.Records;

namespace Vittne.Engine.Spine;

/// <summary>Where the records of one worker go: into the list of the batch that it works on.</summary>
internal sealed class SlotSink(int worker) : IRecordSink
{
    private List<Record> _list = [];

    /// <summary>Turns to the next batch.</summary>
    public void TurnTo(BatchSlot slot) => _list = slot.Output[worker];

    /// <inheritdoc/>
    public void Add(Record record) => _list.Add(record);
}
