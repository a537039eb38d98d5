using CsCheck;
using Vittne.Capture;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

/// <summary>Every byte may come from an attacker: nothing throws, nothing points outside, and the fast path never has an answer of its own.</summary>
public sealed class HostileInputTests
{
    private static readonly ushort[] KnownLinkTypes = [.. Enumerable.Range(0, 290).Select(i => (ushort)i)];

    private static readonly byte[][] Good = [.. GoodFrames()];

    [Fact]
    public void Garbage_of_any_link_type_is_decoded_without_an_exception() =>
        Gen.Select(Gen.OneOf(KnownLinkTypes), Gen.Byte.Array[0, 120]).Sample((linkType, data) => AssertSound(Decoded.Of(linkType, data)), iter: 4_000);

    [Fact]
    public void Damaged_and_cut_packets_are_decoded_without_an_exception() =>
        Gen.Select(Gen.OneOf(Good), Gen.Int[0, 300], Gen.Byte, Gen.Int[0, 400]).Sample(
            (frame, at, value, length) =>
            {
                byte[] damaged = frame.AsSpan(0, Math.Min(frame.Length, length < 300 ? frame.Length : length - 300)).ToArray();
                if (at < damaged.Length)
                {
                    damaged[at] = value;
                }

                AssertSound(Decoded.Ethernet(damaged, damaged, frame));
            },
            iter: 4_000);

    [Fact]
    public void Fast_path_gives_the_answers_of_the_layer_decoders() =>
        Gen.Select(Gen.OneOf(Good), Gen.Int[0, 80], Gen.Byte, Gen.Int[0, 3]).Sample(
            (frame, at, value, padding) =>
            {
                byte[] damaged = [.. frame, .. new byte[padding]];
                if (at < damaged.Length)
                {
                    damaged[at] = value;
                }

                // The same frame behind a switch tag never takes the fast path.
                DecodedPacket fast = Decoded.Of(1, damaged).Last;
                DecodedPacket layers = Decoded.Of(282, [0, 0, 0, 0, .. damaged]).Last;
                layers.PayloadOffset -= layers.Datagram < 0 && (layers.Flags & DecodedFlags.HasIp) != 0 && layers.PayloadOffset > 0 ? 4 : 0;
                Assert.Equal(Text(fast), Text(layers));
            },
            iter: 4_000);

    [Fact]
    public void Asking_for_facts_changes_no_answer() =>
        Gen.Select(Gen.OneOf(Good), Gen.OneOf(KnownLinkTypes), Gen.Int[0, 300], Gen.Byte).Sample(
            (frame, linkType, at, value) =>
            {
                byte[] damaged = [.. frame];
                if (at < damaged.Length)
                {
                    damaged[at] = value;
                }

                foreach (ushort type in (ushort[])[1, linkType])
                {
                    Decoded detailed = Decoded.Of(new PacketDecoderOptions { CollectsFacts = true }, type, damaged, frame);
                    AssertSound(detailed);
                    Decoded plain = Decoded.Of(type, damaged, frame);
                    Assert.Equal(Text(plain.Batch.Decoded[0]), Text(detailed.Batch.Decoded[0]));
                    Assert.Equal(Text(plain.Last), Text(detailed.Last));
                    Assert.Equal(2, detailed.Batch.Facts.Count);
                }
            },
            iter: 2_000);

    [Fact]
    public void Garbage_is_sound_with_all_that_can_be_asked_for() =>
        Gen.Select(Gen.OneOf(KnownLinkTypes), Gen.OneOf(Good), Gen.Byte.Array[0, 60], Gen.Int[0, 100]).Sample(
            (linkType, frame, garbage, at) =>
            {
                var options = new PacketDecoderOptions { CollectsFacts = true, AcceptsEspNull = true, RequiresChecksums = (garbage.Length & 1) != 0 };
                byte[] mixed = [.. frame.AsSpan(0, Math.Min(at, frame.Length)), .. garbage];
                AssertSound(Decoded.Of(options, 1, mixed, frame));
                AssertSound(Decoded.Of(options, linkType, garbage));
            },
            iter: 3_000);

    private static string Text(DecodedPacket packet) => string.Join(
        ' ',
        packet.Source,
        packet.Destination,
        packet.SourcePort,
        packet.DestinationPort,
        packet.Protocol,
        packet.TimeToLive,
        packet.SequenceNumber,
        packet.AcknowledgmentNumber,
        packet.Window,
        packet.TcpFlags,
        packet.Flags,
        packet.PayloadOffset,
        packet.PayloadLength,
        packet.PayloadWireLength,
        packet.Tunnel,
        packet.TunnelKey,
        packet.FlowHash,
        packet.Datagram,
        packet.Anomaly);

    [Fact]
    public void All_shared_captures_are_decoded_without_an_exception()
    {
        string? folder = SharedVectors.Find("data/captures");
        if (folder is null)
        {
            Assert.Skip("the shared captures are not there");
            return;
        }

        var batch = new DecodedBatch();
        long packets = 0;
        foreach (string path in Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                using CaptureReader reader = CaptureReader.Open(path);
                var decoder = new PacketDecoder(new PacketDecoderOptions());
                while (reader.Read(batch.Packets) == ReadOutcome.More || batch.Packets.Count > 0)
                {
                    decoder.Decode(batch);
                    AssertSound(batch);
                    packets += batch.Packets.Count;
                    if (reader.Outcome != ReadOutcome.More)
                    {
                        break;
                    }
                }

                decoder.Flush(new DecodedBatch());
                Assert.Equal(0, decoder.Counters.DatagramsHeld);
            }
            catch (CaptureFormatException)
            {
                // Some of them are damaged beyond reading on purpose.
            }
        }

        Assert.True(packets > 500_000, $"only {packets} packets were read");
    }

    private static void AssertSound(Decoded decoded) => AssertSound(decoded.Batch);

    private static void AssertSound(DecodedBatch batch)
    {
        for (int i = 0; i < batch.Packets.Count; i++)
        {
            DecodedPacket packet = batch.Decoded[i];
            Assert.Equal(packet.PayloadLength, batch.Payload(i).Length);
            Assert.True(packet.PayloadWireLength >= packet.PayloadLength);
            Assert.True(packet.Tunnel < batch.Tunnels.Count && packet.Datagram < batch.Datagrams.Count);
            Assert.Equal(packet.TunnelKey != 0, packet.Tunnel >= 0);
            Assert.True((packet.Flags & DecodedFlags.HasIp) != 0 || (packet.PayloadLength == 0 && packet.Flags is 0 or DecodedFlags.Truncated));
        }
    }

    private static IEnumerable<byte[]> GoodFrames()
    {
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] v4 = Frames.Ipv4(6, Frames.Tcp(40_000, 80, data));
        yield return Frames.Ethernet(v4);
        yield return Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 53, data)));
        yield return Frames.Ethernet(Frames.Ipv6(6, Frames.Tcp(40_000, 80, data)));
        yield return Frames.Ethernet(Frames.Ipv6(17, Frames.Udp(1, 53, data)));
        yield return Frames.Ethernet(Frames.Ipv6(0, Frames.Ipv6Extension(60, Frames.Ipv6Extension(6, Frames.Tcp(1, 2, data)))));
        yield return Frames.Vlan(v4, 1, 2, 3);
        foreach (byte[] piece in Frames.FragmentIpv4(v4, 16).Concat(Frames.FragmentIpv6(Frames.Ipv6(6, Frames.Tcp(1, 2, data)), 16)))
        {
            yield return Frames.Ethernet(piece);
        }

        // A theory row holds (name, type, id, form).
        foreach (Func<byte[], byte[]> form in TunnelTests.Forms.Select(row => (Func<byte[], byte[]>)((ITheoryDataRow)row).GetData()[3]!))
        {
            yield return Frames.Ethernet(form(v4));
        }
    }
}
