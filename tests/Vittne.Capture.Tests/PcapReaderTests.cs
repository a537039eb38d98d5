using CsCheck;
using Vittne.TestKit;

namespace Vittne.Capture.Tests;

public sealed class PcapReaderTests
{
    private const long SecondNs = 1_000_000_000;
    private const uint NanosecondMagic = 0xA1B23C4D;
    private const uint ModifiedMagic = 0xA1B2CD34;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_byte_order_and_unit_gives_the_same_packets(bool bigEndian, bool nanoseconds)
    {
        byte[] file = new PcapBuilder(1, bigEndian, nanoseconds)
            .Add((4_000_000_000 * SecondNs) + 123_456_000, [1, 2, 3], 60)
            .Add((4_000_000_001 * SecondNs) + 999_999_000, [])
            .ToArray();

        foreach (Readback read in new[] { Readback.OfBytes(file), Readback.OfFile(file) })
        {
            Assert.Equal(ReadOutcome.End, read.Outcome);
            Assert.Empty(read.Notes);
            Assert.Equal([1, 2, 3], read.Bytes[0]);
            Assert.Equal(new PacketRef((4_000_000_000 * SecondNs) + 123_456_000, 1, read.Packets[0].Offset, 3, 60, 1, 0), read.Packets[0]);
            Assert.Equal(new PacketRef((4_000_000_001 * SecondNs) + 999_999_000, 2, read.Packets[1].Offset, 0, 0, 1, 0), read.Packets[1]);
        }
    }

    [Fact]
    public void A_capture_without_packets_ends_without_a_word()
    {
        Readback read = Readback.OfFile(new PcapBuilder().ToArray());
        Assert.Equal(ReadOutcome.End, read.Outcome);
        Assert.Empty(read.Packets);
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void A_capture_that_is_cut_tells_where_and_keeps_what_is_whole()
    {
        byte[] file = new PcapBuilder().Add(SecondNs, new byte[40]).Add(2 * SecondNs, new byte[40]).ToArray();
        int second = 24 + 16 + 40;
        for (int length = 24; length < file.Length; length++)
        {
            Readback read = Readback.OfBytes(file[..length]);
            Assert.Equal(length >= second ? 1 : 0, read.Packets.Count);
            int record = length >= second ? second : 24;
            Assert.Equal(length == record ? ReadOutcome.End : ReadOutcome.Cut, read.Outcome);
            if (length != record)
            {
                string what = length - record < 16 ? "packet header" : "packet";
                Assert.Equal([$"cut at offset {record}, {length - record} bytes of a {what} lost"], read.Notes);
            }
        }
    }

    [Theory]
    [InlineData(262_144, 1u, true)]
    [InlineData(262_145, 1u, false)]
    [InlineData(262_145, 231u, true)]
    [InlineData(1_048_576, 249u, true)]
    [InlineData(1_048_577, 249u, false)]
    [InlineData(8_388_608, 279u, true)]
    public void A_length_beyond_that_of_its_link_type_is_damage(int length, uint linkType, bool isRead)
    {
        byte[] file = new PcapBuilder(linkType).Add(0, [1]).Add(0, new byte[length]).Add(0, [2]).ToArray();
        foreach (Readback read in new[] { Readback.OfBytes(file), Readback.OfFile(file) })
        {
            Assert.Equal(isRead ? ReadOutcome.End : ReadOutcome.Damaged, read.Outcome);
            Assert.Equal(isRead ? 3 : 1, read.Packets.Count);
            Assert.Equal(isRead ? [] : [$"bad record at offset 41: caplen {length}; nothing after it was read"], read.Notes);
        }
    }

    [Theory]
    [InlineData(0x1400_0001u, 98, 0)] // F and one word of 16 bits
    [InlineData(0x2400_0001u, 96, 0)]
    [InlineData(0x2000_0001u, 100, 0)] // without F the length says nothing
    [InlineData(0x3000_0001u, 100, 0)]
    [InlineData(0x0030_0001u, 100, 1)] // reserved bits
    public void The_upper_half_of_the_link_type_tells_the_check_sequence(uint linkType, int kept, int notes)
    {
        byte[] file = new PcapBuilder(linkType).Add(0, new byte[100]).Add(0, new byte[1]).Add(0, new byte[100], 1_000).ToArray();
        Readback read = Readback.OfBytes(file);
        Assert.Equal([kept, 1, 100], read.Packets.ConvertAll(packet => packet.CapturedLength));
        Assert.Equal([100, 1, 1_000], read.Packets.ConvertAll(packet => packet.OriginalLength));
        Assert.All(read.Packets, packet => Assert.Equal(1, packet.LinkType));
        Assert.Equal(notes, read.Notes.Count);
    }

    [Theory]
    [InlineData(2, 0, 100u, 60u)]
    [InlineData(2, 2, 100u, 60u)]
    [InlineData(2, 3, 100u, 60u)]
    [InlineData(2, 3, 60u, 100u)]
    [InlineData(2, 4, 60u, 100u)]
    [InlineData(2, 5, 60u, 100u)]
    [InlineData(543, 0, 100u, 60u)]
    public void Old_versions_have_the_lengths_the_other_way_round(ushort major, ushort minor, uint first, uint second)
    {
        byte[] file = new PcapBuilder { MajorVersion = major, MinorVersion = minor }.AddRaw(7, 8, first, second, new byte[60]).ToArray();
        Readback read = Readback.OfBytes(file);
        Assert.Equal(ReadOutcome.End, read.Outcome);
        Assert.Equal(60, read.Packets[0].CapturedLength);
        Assert.Equal(100, read.Packets[0].OriginalLength);
        Assert.Equal(minor == 5 ? ["version 2.5 is read as 2.4"] : [], read.Notes);
    }

    [Fact]
    public void Version_2_2_of_AIX_has_nanoseconds_and_its_own_link_types()
    {
        byte[] file = new PcapBuilder(6) { MinorVersion = 2 }.AddRaw(1, 5, 10, 10, new byte[10]).ToArray();
        Readback read = Readback.OfBytes(file);
        Assert.Equal(1, read.Packets[0].LinkType);
        Assert.Equal(SecondNs + 5, read.Packets[0].TimestampNs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_modified_format_has_long_record_headers_unless_they_make_no_sense(bool isPlain)
    {
        byte[] more = isPlain ? [] : new byte[8];
        var builder = new PcapBuilder { Magic = ModifiedMagic };
        for (int index = 0; index < 5; index++)
        {
            byte[] data = [0x45, 0xFF, 0xFF, 0xFF, .. Enumerable.Repeat((byte)0xEE, 40 + index)];
            builder.AddRaw(1, 2, (uint)data.Length, 60, more).AddBytes(data);
        }

        Readback read = Readback.OfBytes(builder.ToArray());
        Assert.Equal(ReadOutcome.End, read.Outcome);
        Assert.Equal(5, read.Packets.Count);
        Assert.All(read.Bytes, bytes => Assert.Equal(0x45, bytes[0]));
    }

    [Fact]
    public void Odd_times_and_lengths_are_counted_not_refused()
    {
        byte[] file = new PcapBuilder { SnapLength = 2 }
            .AddRaw(10, 2_500_000, 3, 3, [1, 2, 3]) // fraction of 2.5 s
            .AddRaw(uint.MaxValue, 0, 1, 1, [4]) // 2106
            .AddRaw(1, 0, 2, 1, [5, 6]) // back in time, more captured than there was
            .ToArray();
        Readback read = Readback.OfBytes(file);
        Assert.Equal(
            [(10 * SecondNs) + (5 * SecondNs / 2), uint.MaxValue * SecondNs, SecondNs], read.Packets.ConvertAll(packet => packet.TimestampNs));
        Assert.Equal(1, read.Counters.FractionCarries);
        Assert.Equal(1, read.Counters.TimeGoesBack);
        Assert.Equal(1, read.Counters.CapturedAboveOriginal);
        Assert.Equal(2, read.Packets[2].OriginalLength);
        Assert.Equal(6, read.Counters.CapturedBytes);
    }

    [Fact]
    public void Batches_end_at_the_same_packets_whatever_the_pipe_delivers()
    {
        var builder = new PcapBuilder();
        for (int index = 0; index < 2_500; index++)
        {
            builder.Add(index, new byte[index % 100]);
        }

        byte[] file = builder.ToArray();
        Assert.Equal([1024, 1024, 452], BatchCounts(new MemoryStream(file)));
        Assert.Equal([1024, 1024, 452], BatchCounts(new TrickleStream(file, 7)));
        Assert.Equal(Readback.OfFile(file).Lines, Readback.OfStream(new TrickleStream(file, 13)).Lines);
    }

    [Fact]
    public void A_batch_of_huge_packets_ends_early_so_that_its_buffer_stays_bounded()
    {
        var builder = new PcapBuilder();
        for (int index = 0; index < 150; index++)
        {
            builder.Add(index, new byte[262_144]);
        }

        byte[] file = builder.ToArray();
        Assert.Equal([128, 22], BatchCounts(new MemoryStream(file)));
        using var temporary = new TemporaryFile(file);
        using var reader = CaptureReader.Open(temporary.Path);
        Assert.Equal([128, 22], BatchCounts(reader));
    }

    [Fact]
    public void Garbage_behind_a_good_header_never_throws_and_reads_alike_from_file_and_stream() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Bool, Gen.UInt).Sample(
            (garbage, bigEndian, linkType) =>
            {
                byte[] file = [.. new PcapBuilder(linkType, bigEndian).ToArray(), .. garbage];
                Assert.Equal(Readback.OfFile(file).Lines, Readback.OfBytes(file).Lines);
            },
            iter: 500);

    [Fact]
    public void One_damaged_byte_or_a_cut_never_throws() =>
        Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200]).Sample(
            (at, value, length) =>
            {
                byte[] file = new PcapBuilder { Magic = NanosecondMagic }.Add(1, new byte[50]).Add(2, new byte[60]).Add(3, [1]).ToArray();
                file[Math.Min(at, file.Length - 1)] = value;
                try
                {
                    _ = Readback.OfBytes(file[..Math.Min(length, file.Length)]);
                }
                catch (CaptureFormatException)
                {
                    Assert.True(at < 24 || length < 24);
                }
            },
            iter: 2_000);

    private static List<int> BatchCounts(Stream stream)
    {
        using var reader = CaptureReader.Open(stream, "x");
        return BatchCounts(reader);
    }

    private static List<int> BatchCounts(CaptureReader reader)
    {
        var counts = new List<int>();
        var batch = new PacketBatch();
        while (reader.Read(batch) == ReadOutcome.More)
        {
            counts.Add(batch.Count);
        }

        return counts;
    }

    [Fact]
    public void Check_sequence_stays_for_who_asks_for_it()
    {
        byte[] capture = new PcapBuilder(linkType: 1 | (1u << 26) | (2u << 28)).Add(1, new byte[64]).ToArray();

        Assert.Equal(60, Readback.OfFile(capture).Packets[0].CapturedLength);
        Assert.Equal(64, Readback.OfFile(capture, new CaptureReaderOptions { KeepsFrameCheckSequence = true }).Packets[0].CapturedLength);
    }

    [Fact]
    public void Batches_show_the_bytes_of_the_file()
    {
        var pcap = new PcapBuilder();
        for (int i = 0; i < 3_000; i++)
        {
            pcap.Add(i, [(byte)i, (byte)(i >> 8)]);
        }

        byte[] capture = pcap.ToArray();
        using var file = new TemporaryFile(capture);
        using var reader = CaptureReader.Open(file.Path);
        var batch = new PacketBatch();
        while (reader.Read(batch) == ReadOutcome.More)
        {
            Assert.False(batch.FileBytes.IsEmpty);
            Assert.True(batch.FileBytes.SequenceEqual(capture.AsSpan((int)batch.FileOffset, batch.FileBytes.Length)));
        }
    }
}
