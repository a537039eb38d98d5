using Vittne.Engine.Decode.Analyses;
using Vittne.Packets.Records;

namespace Vittne.Engine.Decode;

/// <summary>Shows the records of a worker to its analyses and passes on those that somebody asked for; the rest is forgotten at once.</summary>
/// <param name="decoders">The decoders that are asked for.</param>
/// <param name="analyses">The analyses among them.</param>
/// <param name="output">Where records go.</param>
internal sealed class DecodeSink(IReadOnlyList<Decoder> decoders, IReadOnlyList<Analysis> analyses, IRecordSink output) : IRecordSink
{
    /// <inheritdoc/>
    public void Add(Record record)
    {
        for (int i = 0; i < analyses.Count; i++)
        {
            analyses[i].OnRecord(record, output);
        }

        for (int i = 0; i < decoders.Count; i++)
        {
            if (decoders[i].SchemaOf(record) is not null)
            {
                output.Add(record);
                return;
            }
        }
    }
}
