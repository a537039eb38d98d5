using Vittne.TestKit;

namespace Vittne.Packets.Tests;

/// <summary>A batch of test frames with what the decoder made of it.</summary>
internal sealed class Decoded
{
    private Decoded(DecodedBatch batch, PacketDecoder decoder)
    {
        Batch = batch;
        Decoder = decoder;
    }

    public DecodedBatch Batch { get; }

    public PacketDecoder Decoder { get; }

    public ref readonly DecodedPacket Last => ref Batch.Decoded[Batch.Packets.Count - 1];

    public byte[] LastPayload => Batch.Payload(Batch.Packets.Count - 1).ToArray();

    public TunnelLayer[] LastTunnel => Last.Tunnel < 0 ? [] : Batch.Tunnels[Last.Tunnel];

    public static Decoded Ethernet(params IReadOnlyList<byte[]> frames) => Of(1, frames);

    public static Decoded Of(ushort linkType, params IReadOnlyList<byte[]> frames) => Of(new PacketDecoderOptions(), linkType, frames);

    public static Decoded Of(PacketDecoderOptions options, ushort linkType, params IReadOnlyList<byte[]> frames)
    {
        var decoder = new PacketDecoder(options);
        DecodedBatch batch = Batches.Of(linkType, frames);
        decoder.Decode(batch);
        return new Decoded(batch, decoder);
    }
}
