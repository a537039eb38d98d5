using System.Buffers.Binary;
using Vittne.Engine.Decode;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>
/// Frames of any link type through the packet decoder, flow tracking, reassembly and parsers. An input is two bytes of link type, a byte of options,
/// then frames with two bytes of length before each.
/// </summary>
internal sealed class PacketTarget() : FuzzTarget("packets")
{
    private static readonly ushort[] LinkTypes = [0, 1, 9, 50, 51, 101, 104, 105, 107, 113, 114, 117, 119, 127, 141, 228, 229, 276];
    private static readonly DecodeOptions Everything = new() { Decoders = DecoderRegistry.All };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] dns = Frames.Udp(49_152, 53, HandMade.DnsQuery);
        byte[] ipv4 = Frames.Ipv4(IpProtocol.Udp, dns), ipv6 = Frames.Ipv6(IpProtocol.Udp, dns);
        byte[] request = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"u8.ToArray();
        byte[] segment = Frames.Ipv4(IpProtocol.Tcp, Frames.Tcp(49_152, 80, request, sequence: 1));
        yield return Input(1, Frames.Ethernet(ipv4), Frames.Ethernet(ipv6), Frames.Ethernet(segment));
        yield return Input(1, [.. Frames.FragmentIpv4(ipv4, 16).Select(static packet => Frames.Ethernet(packet))]);
        yield return Input(1, [.. Frames.FragmentIpv6(ipv6, 16).Select(static packet => Frames.Ethernet(packet))]);
        yield return Input(1, Frames.Vlan(ipv4, 5, 6));
        foreach (int port in (int[])[4789, 6081, 2152, 3544, 1701, 37008, 5246])
        {
            yield return Input(1, Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(1024, (ushort)port, [8, 0, 0, 0, 0, 0, 1, 0, .. Frames.Ethernet(ipv4)]))));
        }

        foreach (byte protocol in (byte[])[4, 41, 47, 50, 51, 0, 60, 43, 132])
        {
            yield return Input(1, Frames.Ethernet(Frames.Ipv4(protocol, ipv4)), Frames.Ethernet(Frames.Ipv6(protocol, ipv6)));
        }

        foreach (ushort linkType in LinkTypes)
        {
            yield return Input(linkType, ipv4, [0, 0, 8, 0, .. ipv4], [2, 0, 0, 0, .. ipv4]);
        }
    }

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        if (input.Length < 3)
        {
            return;
        }

        ushort linkType = BinaryPrimitives.ReadUInt16BigEndian(input);
        var decoder = new PacketDecoder(new PacketDecoderOptions
        {
            CollectsFacts = (input[2] & 1) == 0,
            AcceptsEspNull = (input[2] & 2) != 0,
            RequiresChecksums = (input[2] & 4) != 0,
            MaxFragmentsPerDatagram = (input[2] & 8) != 0 ? 4 : 1024,
        });
        var batch = new DecodedBatch();
        Batches.Clear(batch.Packets);
        ReadOnlySpan<byte> rest = input.AsSpan(3);
        while (rest.Length >= 2 && batch.Packets.Count < 64)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Length - 2);
            Batches.Add(batch, linkType, rest.Slice(2, length), Batches.StartNs + batch.Packets.Count, length + (length % 7));
            rest = rest[(2 + length)..];
        }

        var stage = new DecodeStage((input[2] & 1) == 0 ? Everything : new DecodeOptions { Decoders = [.. Everything.Decoders.Where(static d => d.Name != "packets")] }, seen);
        decoder.Decode(batch);
        for (int i = 0; i < batch.Packets.Count; i++)
        {
            PacketStamp at = TestFlow.At(i + 1);
            stage.OnAnyPacket(batch, i, at);
            DecodedPacket packet = batch.Decoded[i];
            seen.Note("protocol", packet.Protocol | (1L << 33));
            if ((packet.Flags & (DecodedFlags.HasIp | DecodedFlags.Fragment)) == DecodedFlags.HasIp)
            {
                stage.OnPacket(packet, batch.Payload(i), packet.Tunnel < 0 ? [] : batch.Tunnels[packet.Tunnel], at);
            }
        }

        stage.OnEnd(TestFlow.At(batch.Packets.Count + 1));
        decoder.Flush(batch);
        seen.Note("orphans", batch.Orphans.Count);
        batch.Packets.Return();
    }

    /// <summary>An input of frames.</summary>
    private static byte[] Input(ushort linkType, params IReadOnlyList<byte[]> frames)
    {
        Bytes input = new Bytes().U16(linkType).U8(0);
        foreach (byte[] frame in frames)
        {
            input.Prefixed(16, new Bytes().Raw(frame));
        }

        return input.ToArray();
    }
}
