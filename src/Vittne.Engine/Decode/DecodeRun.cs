using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Decode;

/// <summary>One run of decoders over captures.</summary>
/// <param name="options">What to decode.</param>
/// <param name="input">What to read.</param>
/// <param name="told">Takes each record with its decoder, ordered by packet, then by the decoder's name.</param>
public sealed class DecodeRun(DecodeOptions options, SpineOptions input, Action<Decoder, Record> told)
{
    private readonly List<DecodeStage> _stages = [];
    private readonly Decoder[] _decoders = [.. options.Decoders.OrderBy(static decoder => decoder.Name, StringComparer.Ordinal)];

    // Records of one packet wait until all of them are there; those of each decoder stay in their order.
    private readonly List<(int Decoder, Record Record)> _waiting = [];
    private long _records;

    /// <summary>Reads everything and tells what was asked for.</summary>
    public DecodeSummary Run(CancellationToken cancellation)
    {
        SpineOptions reading = options.TellsPackets ? input with { Decoding = input.Decoding with { CollectsFacts = true } } : input;
        reading = reading with { Secrets = options.Secrets, SecretsFirst = options.TellsProtocols };
        var spine = new SpineRun(reading, CreateStage, Collect);
        SpineSummary summary = spine.Run(cancellation);
        TellWaiting();
        var flows = new FlowCounters();
        var protocols = new ProtocolCounters();
        foreach (DecodeStage stage in _stages)
        {
            flows.Add(stage.Flows);
            protocols.Add(stage.Protocols);
        }

        return new DecodeSummary { Input = summary, Flows = flows, Protocols = protocols, Records = _records };
    }

    private DecodeStage CreateStage(IRecordSink output)
    {
        var stage = new DecodeStage(options, output);
        _stages.Add(stage);
        return stage;
    }

    private void Collect(Record record)
    {
        if (_waiting.Count > 0 && _waiting[^1].Record.At.Ordinal != record.At.Ordinal)
        {
            TellWaiting();
        }

        _waiting.Add((Array.FindIndex(_decoders, decoder => decoder.SchemaOf(record) is not null), record));
    }

    private void TellWaiting()
    {
        if (_waiting.Count == 1)
        {
            Tell(_waiting[0]);
        }
        else
        {
            foreach ((int Decoder, Record Record) waiting in _waiting.OrderBy(static waiting => waiting.Decoder))
            {
                Tell(waiting);
            }
        }

        _waiting.Clear();
    }

    private void Tell((int Decoder, Record Record) waiting)
    {
        _records++;
        told(_decoders[waiting.Decoder], waiting.Record);
    }
}
