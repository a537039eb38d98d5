using System.IO.Compression;
using CsCheck;
using Vittne.TestKit;
using ZstdSharp;

namespace Vittne.Capture.Tests;

public sealed class CaptureReaderTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("68656C6C6F", ": not a capture (starts with 68 65 6c 6c)")]
    [InlineData("D4", ": not a capture (starts with d4)")]
    [InlineData("D4C3B2A1 02000400", "is cut inside its file header: 8 of 24 bytes")]
    [InlineData("D4C3B2A1 01000400 00000000 00000000 00000000 01000000", "is pcap of version 1.4, which is not known; 2.4 is")]
    [InlineData("0A0D0D0A 1C000000 4D3C2B1A", "is cut inside its section header: 12 bytes")]
    [InlineData("FD377A58 5A000004", ": not a capture (xz data are damaged near their start: Unable to read beyond the end of the stream)")]
    [InlineData("0A0D0D0A 1C000000 00000000", ": not a capture (starts with 0a 0d 0d 0a)")]
    public void What_is_no_capture_is_told_in_one_line(string hex, string problem)
    {
        byte[] content = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        using var file = new TemporaryFile(content);
        string separator = problem[0] == ':' ? "" : " ";
        Assert.Equal($"{file.Path}{separator}{problem}", Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(file.Path)).Message);
        Assert.Equal(
            $"x{separator}{problem}", Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(new MemoryStream(content), "x")).Message);
    }

    [Fact]
    public void A_folder_and_a_missing_file_are_told_apart()
    {
        Assert.EndsWith("is a folder", Assert.Throws<CaptureFormatException>(() => CaptureReader.Open(Path.GetTempPath())).Message, StringComparison.Ordinal);
        Assert.Equal("no/such does not exist", Assert.Throws<CaptureFormatException>(() => CaptureReader.Open("no/such")).Message);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("gzip of gzip")]
    public void A_compressed_capture_reads_like_the_plain_one(string compression) =>
        Gen.Select(Gen.Byte.Array[0, 100].List[0, 40], Gen.Int[1, 300]).Sample(
            (packets, cut) =>
            {
                byte[] plain = Capture(packets);
                byte[] compressed = compression switch
                {
                    "gzip" => [.. Gzip(plain[..Math.Min(cut, plain.Length)]), .. Gzip(plain[Math.Min(cut, plain.Length)..])],
                    "zstd" =>
                    [
                        0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3, // skippable frame
                        .. Zstd(plain[..Math.Min(cut, plain.Length)]), .. Zstd(plain[Math.Min(cut, plain.Length)..]),
                    ],
                    _ => Gzip(Gzip(plain)),
                };
                using var file = new TemporaryFile(compressed);
                using var reader = CaptureReader.Open(file.Path);
                Readback read = Readback.Of(reader);
                Assert.Equal(Readback.OfBytes(plain).Lines, read.Lines);
                Assert.Equal(ReadOutcome.End, read.Outcome);
                Assert.Equal(compression, reader.Compression);
                Assert.Equal(compressed.Length, reader.BytesTotal);
            },
            iter: 50);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_compressed_capture_that_lost_its_end_keeps_what_is_whole(bool isZstd)
    {
        List<byte[]> packets = Noise(1_000); // several blocks of 128 KiB of zstd
        byte[] compressed = isZstd ? Zstd(Capture(packets)) : Gzip(Capture(packets));
        Readback read = Readback.OfBytes(compressed[..(compressed.Length / 2)]);
        Assert.Equal(ReadOutcome.Cut, read.Outcome);
        Assert.InRange(read.Packets.Count, 300, 520);
        Assert.Contains($"data are cut at offset {compressed.Length / 2} of the file", Assert.Single(read.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_checksum_of_gzip_is_told_after_the_packets()
    {
        byte[] compressed = Gzip(Capture(Noise(500)));
        compressed[^6] ^= 0x55;
        Readback read = Readback.OfBytes(compressed);
        Assert.Equal(ReadOutcome.Damaged, read.Outcome);
        Assert.InRange(read.Packets.Count, 400, 500);
        Assert.Contains("the gzip data are damaged before offset", Assert.Single(read.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void One_damaged_byte_in_compressed_data_never_throws() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Byte, Gen.Bool).Sample(
            (at, value, isZstd) =>
            {
                byte[] plain = Capture(Noise(20));
                byte[] compressed = isZstd ? Zstd(plain) : Gzip(plain);
                compressed[at % compressed.Length] = value;
                try
                {
                    _ = Readback.OfBytes(compressed);
                }
                catch (CaptureFormatException)
                {
                    // The damage hit the start.
                }
            },
            iter: 500);

    [Fact]
    public void What_expands_without_end_and_without_a_packet_is_given_up()
    {
        // A block of unknown type after another, all zero: 512 MiB in a few KB.
        byte[] block = new byte[1 << 20];
        new PcapngBuilder().AddBlock(0x0BAD, new byte[block.Length - 12]).ToArray().CopyTo(block, 0);
        using var file = new MemoryStream();
        using (var zstd = new CompressionStream(file, level: 3, leaveOpen: true))
        {
            zstd.Write(new PcapngBuilder().AddSection().ToArray());
            for (int count = 0; count < 512; count++)
            {
                zstd.Write(block);
            }
        }

        Readback read = Readback.OfBytes(file.ToArray());
        Assert.Equal(ReadOutcome.Damaged, read.Outcome);
        Assert.Contains("without a packet; not read further", Assert.Single(read.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_ends_with_a_note()
    {
        using var file = new TemporaryFile(Capture(Noise(5_000)));
        using var reader = CaptureReader.Open(file.Path);
        var batch = new PacketBatch();
        Assert.Equal(ReadOutcome.More, reader.Read(batch));
        using (FileStream writer = new(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(600_000);
        }

        while (reader.Read(batch) == ReadOutcome.More)
        {
        }

        Assert.Equal(ReadOutcome.Cut, reader.Outcome);
        Assert.Contains("the file shrank to 600000 bytes", Assert.Single(reader.Notes), StringComparison.Ordinal);
    }

    private static byte[] Capture(List<byte[]> packets)
    {
        var builder = new PcapBuilder();
        for (int index = 0; index < packets.Count; index++)
        {
            builder.Add(index * 1_000L, packets[index]);
        }

        return builder.ToArray();
    }

    private static List<byte[]> Noise(int count)
    {
        // A fixed sequence that does not compress, so that a part of the file holds a part of the packets.
        var random = new Random(1);
        var packets = new List<byte[]>();
        for (int index = 0; index < count; index++)
        {
            byte[] packet = new byte[200 + (index % 300)];
            random.NextBytes(packet);
            packets.Add(packet);
        }

        return packets;
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return output.ToArray();
    }

    private static byte[] Zstd(byte[] plain)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(plain).ToArray();
    }
}
