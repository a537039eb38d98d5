using CsCheck;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Engine.Tests.Streams;

/// <summary>Files of TCP streams against a model, for every way in which segments can come.</summary>
public sealed class StreamReassemblyTests
{
    private const string Name = "192.000.002.001.40000-198.051.100.001.00080";

    private static readonly Gen<OverlapPolicy> Policy = Gen.Int[0, 5].Select(static number => (OverlapPolicy)number);

    private static readonly Gen<(long Offset, byte[] Data)> Segment =
        Gen.Select(Gen.Int[-6, 40], Gen.Byte[(byte)'a', (byte)'z'].Array[1, 12]).Select(static (offset, data) => ((long)offset, data));

    private static readonly Gen<uint> FirstNumber = Gen.OneOf(Gen.Const(1000u), Gen.Const(uint.MaxValue), Gen.UInt[uint.MaxValue - 40, uint.MaxValue - 1]);

    [Fact]
    public void Any_segments_under_any_policy_become_what_the_model_says() =>
        Gen.Select(Policy, Segment.List[1, 10], FirstNumber, Gen.Bool, Gen.Bool).Sample(
            static (policy, segments, first, hasSyn, isFragmented) =>
            {
                var model = new StreamModel(policy, hasSyn, segments);
                using var folder = new StreamFolder(Frames(segments, first, hasSyn, isFragmented), options => options with { Overlap = policy });
                if (model.Content.Length == 0)
                {
                    return folder.Names.Length == 0;
                }

                return model.Content.AsSpan().SequenceEqual(folder.Bytes(Name))
                    && model.Gaps.SequenceEqual(folder.Gaps(Name))
                    && model.Conflicts == folder.Summary.ConflictBytes;
            },
            iter: 150,
            threads: 1);

    [Fact]
    public void Every_order_of_overlapping_segments_gives_what_the_model_says()
    {
        (long Offset, byte[] Data)[] pieces = [(1, "aaaa"u8.ToArray()), (3, "bbbb"u8.ToArray()), (2, "ccccccc"u8.ToArray()), (5, "dd"u8.ToArray())];
        foreach ((long Offset, byte[] Data)[] order in Orders(pieces))
        {
            (long Offset, byte[] Data)[] segments = [.. order, (0, "."u8.ToArray())];
            foreach (OverlapPolicy policy in Enum.GetValues<OverlapPolicy>())
            {
                using var folder = new StreamFolder(Frames(segments, 1000, hasSyn: true, isFragmented: false), options => options with { Overlap = policy });

                Assert.Equal(new StreamModel(policy, hasSyn: true, segments).Content, folder.Bytes(Name));
            }
        }
    }

    [Fact]
    public void Bytes_that_come_behind_the_file_was_written_are_compared_and_placed_as_well()
    {
        // 40 kB are on the disk when the copies come; the hole at 100 was declared by acknowledgments.
        byte[] text = [.. Enumerable.Range(0, 40_000).Select(static number => (byte)('a' + (number % 23)))];
        List<byte[]> frames = [Tcp(0, [], TcpFlag.Syn), Tcp(1, text[..100])];
        for (int at = 200; at < text.Length; at += 1000)
        {
            frames.Add(Tcp(1 + (uint)at, text[at..Math.Min(at + 1000, text.Length)]));
            frames.Add(Packet(TestKit.Frames.Tcp(80, 40_000, [], 5000, (uint)(1001 + at), TcpFlag.Ack), isReply: true));
        }

        using (var missing = new StreamFolder(frames))
        {
            Assert.Equal([(100, 100)], missing.Gaps(Name));
            Assert.Equal([.. text[..100], .. new byte[100], .. text[200..]], missing.Bytes(Name));
        }

        frames.Add(Tcp(101, text[100..200]));
        frames.Add(Tcp(301, "XXXX"u8.ToArray()));
        using var filled = new StreamFolder(frames);
        Assert.Empty(filled.Gaps(Name));
        Assert.Equal(text, filled.Bytes(Name));
        Assert.Equal(4, filled.Index[Name].GetProperty("conflict_bytes").GetInt64());

        using var rewritten = new StreamFolder(frames, static options => options with { Overlap = OverlapPolicy.Last });
        Assert.Equal([.. text[..300], .. "XXXX"u8, .. text[304..]], rewritten.Bytes(Name));
    }

    [Fact]
    public void Origin_moves_back_when_earlier_bytes_of_a_stream_without_syn_come_late()
    {
        byte[] text = [.. Enumerable.Range(0, 60_000).Select(static number => (byte)('a' + (number % 23)))];
        List<byte[]> frames = [];
        for (int at = 50_000; at >= 0; at -= 10_000)
        {
            for (int part = 0; part < 10_000; part += 1000)
            {
                frames.Add(Tcp((uint)(at + part), text[(at + part)..(at + part + 1000)]));
            }
        }

        using var folder = new StreamFolder(frames);

        Assert.Equal(text, folder.Bytes(Name));
        Assert.Empty(folder.Gaps(Name));
    }

    [Fact]
    public void Bytes_cut_off_by_the_snapshot_length_are_gaps()
    {
        byte[][] frames = [Tcp(0, [], TcpFlag.Syn), Tcp(1, new byte[30]), Tcp(31, "abc"u8.ToArray()), Tcp(131, "def"u8.ToArray())];
        byte[] cut = frames[1][..64];
        using var folder = new StreamFolder([frames[0], cut, frames[2], frames[3][..54]], wireLength: static number => number switch { 1 => 84, 0 => 54, _ => 57 });

        Assert.Equal([(10, 20), (33, 100)], folder.Gaps(Name));
        Assert.Equal(133, folder.Bytes(Name).Length);
    }

    private static IEnumerable<(long Offset, byte[] Data)[]> Orders((long Offset, byte[] Data)[] items)
    {
        if (items.Length <= 1)
        {
            yield return items;
            yield break;
        }

        for (int i = 0; i < items.Length; i++)
        {
            foreach ((long Offset, byte[] Data)[] rest in Orders([.. items[..i], .. items[(i + 1)..]]))
            {
                yield return [items[i], .. rest];
            }
        }
    }

    private static List<byte[]> Frames(IReadOnlyList<(long Offset, byte[] Data)> segments, uint first, bool hasSyn, bool isFragmented)
    {
        List<byte[]> frames = hasSyn ? [Packet(TestKit.Frames.Tcp(40_000, 80, [], first, 0, TcpFlag.Syn))] : [];
        ushort identification = 0;
        foreach ((long offset, byte[] data) in segments)
        {
            byte[] packet = TestKit.Frames.Ipv4(IpProtocol.Tcp, TestKit.Frames.Tcp(40_000, 80, data, unchecked(first + 1 + (uint)offset)));
            frames.AddRange((isFragmented ? TestKit.Frames.FragmentIpv4(packet, 16, ++identification) : [packet]).Select(static piece => TestKit.Frames.Ethernet(piece)));
        }

        return frames;
    }

    private static byte[] Tcp(uint offset, byte[] data, ushort flags = TcpFlag.Ack | TcpFlag.Psh) => Packet(TestKit.Frames.Tcp(40_000, 80, data, 1000 + offset, 5001, flags));

    private static byte[] Packet(byte[] segment, bool isReply = false) => TestKit.Frames.Ethernet(TestKit.Frames.Ipv4(IpProtocol.Tcp, segment, isReply));
}
