using Vittne.Engine.Decode.Analyses;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Decode;

/// <summary>One thing that <c>vittne decode -d</c> can be asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Schema">The records that it tells.</param>
public sealed record Decoder(string Name, DecoderKind Kind, RecordSchema Schema)
{
    /// <summary>Another kind of record that the decoder tells; null for none.</summary>
    public RecordSchema? Also { get; init; }

    /// <summary>What can be set.</summary>
    public IReadOnlyList<DecoderOption> Options { get; init; } = [];

    /// <summary>Makes the analysis of a worker, given the values that are set; null for records.</summary>
    internal Func<Func<string, string>, Analysis>? Create { get; init; }

    /// <summary>One line for people.</summary>
    public string Description => Schema.Description;

    /// <summary>The kind that a record is of, when the decoder tells it; else null.</summary>
    public RecordSchema? SchemaOf(Record record) => Schema.Holds(record) ? Schema : Also?.Holds(record) == true ? Also : null;

    /// <summary>The value of an option: the one that is set, else its default.</summary>
    /// <param name="option">Name of the option.</param>
    /// <param name="settings">What is set, by <c>decoder.option</c>.</param>
    internal string ValueOf(string option, IReadOnlyDictionary<string, string> settings) =>
        settings.TryGetValue($"{Name}.{option}", out string? value) ? value : Options.First(known => known.Name == option).Default;
}
