using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Decode;

/// <summary>One thing that <c>vittne decode -d</c> can be asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Schema">The records that it tells.</param>
public sealed record Decoder(string Name, DecoderKind Kind, RecordSchema Schema)
{
    /// <summary>One line for people.</summary>
    public string Description => Schema.Description;
}
