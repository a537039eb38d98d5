using Vittne.Packets.Records;

namespace Vittne.Engine.Decode;

/// <summary>Passes on the records of a worker that somebody asked for, so that the rest is forgotten at once.</summary>
internal sealed class DecodeSink(IReadOnlyList<Decoder> decoders, IRecordSink output) : IRecordSink
{
    /// <inheritdoc/>
    public void Add(Record record)
    {
        for (int i = 0; i < decoders.Count; i++)
        {
            if (decoders[i].Schema.Holds(record))
            {
                output.Add(record);
                return;
            }
        }
    }
}
