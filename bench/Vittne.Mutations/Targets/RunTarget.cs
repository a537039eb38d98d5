using Vittne.Engine.Decode;
using Vittne.Engine.Hunt;
using Vittne.Engine.Output;
using Vittne.Engine.Spine;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Trails;

namespace Vittne.Mutations.Targets;

/// <summary>Whole captures as the verbs read them: hunted in with trails and heuristics, and decoded to all records.</summary>
/// <param name="index">The trails.</param>
internal sealed class RunTarget(ITrailIndex index) : FuzzTarget("run")
{
    private static readonly DecodeOptions Everything = new() { Decoders = DecoderRegistry.All };

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"vittne-mutant-{Environment.ProcessId}-{Guid.NewGuid():N}.pcap");

    /// <summary>Packets that were read in all.</summary>
    public long Packets { get; private set; }

    /// <summary>Threats that were told in all.</summary>
    public long Events { get; private set; }

    /// <inheritdoc/>
    public override int ProtectedLength => 24;

    /// <inheritdoc/>
    public override bool TakesCaptures => true;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => [];

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        File.WriteAllBytes(_path, input);
        try
        {
            var reading = new SpineOptions { Captures = [_path] };
            HuntSummary hunted = new HuntRun(new HuntOptions { Index = index }, reading, _ => Events++).Run(CancellationToken.None);
            Packets += hunted.Input.Packets;
            var writer = new JsonRecordWriter(Stream.Null, [_path]);
            DecodeSummary decoded = new DecodeRun(Everything, reading, (decoder, record) =>
            {
                if (record is AnomalyRecord { Kind: AnomalyKind.ParserException } failure)
                {
                    // A stream inside another one has counters of its own.
                    throw new FuzzFailureException(failure.Detail);
                }

                writer.Write(decoder.SchemaOf(record)!, record);
                seen.Note(decoder.Name, decoder.SchemaOf(record)!.Summarise(record).Length);
            }).Run(CancellationToken.None);
            writer.Flush();
            if (hunted.Protocols.ParserExceptions + decoded.Protocols.ParserExceptions > 0)
            {
                throw new FuzzFailureException("a parser failed");
            }

            if (hunted.DetectorFailures.Count > 0)
            {
                throw new FuzzFailureException(string.Join("; ", hunted.DetectorFailures.Keys));
            }

            if (hunted.Input.Packets != decoded.Input.Packets)
            {
                throw new FuzzFailureException($"hunting read {hunted.Input.Packets} packets, decoding {decoded.Input.Packets}");
            }
        }
        finally
        {
            File.Delete(_path);
        }
    }
}
