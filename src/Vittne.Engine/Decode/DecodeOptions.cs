using Vittne.Flows;
using Vittne.Packets.Records;
using Vittne.Protocols.Secrets;

namespace Vittne.Engine.Decode;

/// <summary>What to decode.</summary>
public sealed record DecodeOptions
{
    /// <summary>The decoders that are asked for.</summary>
    public required IReadOnlyList<Decoder> Decoders { get; init; }

    /// <summary>Values of their options that are set, by <c>decoder.option</c>; each was checked by <see cref="DecoderOption.Check"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>True when single packets are asked for, so that the facts of their headers are needed.</summary>
    public bool TellsPackets => Decoders.Any(static decoder => decoder.Schema == PacketSchema.Schema);

    /// <summary>Secrets that are known beforehand; those of the captures come to them. TLS and QUIC are opened with them.</summary>
    public TlsSecrets Secrets { get; init; } = new();

    /// <summary>True when records of protocols are asked for, and not only single packets or analyses.</summary>
    internal bool TellsProtocols => Decoders.Any(static decoder => decoder.Kind == DecoderKind.Record && decoder.Schema != PacketSchema.Schema);

    /// <summary>Bounds and time-outs of flows.</summary>
    public FlowOptions Flows { get; init; } = new();
}
