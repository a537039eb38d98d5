using System.Text;
using CsCheck;
using Vittne.Capture.Pcapng;
using Vittne.TestKit;

namespace Vittne.Capture.Tests;

public sealed class PcapngReaderTests
{
    private const long SecondNs = 1_000_000_000;
    private const ushort Resolution = 9;
    private const ushort Offset = 14;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_packet_blocks_are_read_in_both_byte_orders(bool bigEndian)
    {
        byte[] file = new PcapngBuilder(bigEndian)
            .AddSection()
            .AddInterface(1, 3)
            .AddPacket(1_700_000_000_123_456, [1, 2, 3, 4, 5], originalLength: 60)
            .AddObsoletePacket(1_700_000_001_000_000, [6])
            .AddSimplePacket([7, 8, 9, 10], 4)
            .ToArray();
        foreach (Readback read in new[] { Readback.OfBytes(file), Readback.OfFile(file) })
        {
            Assert.Equal(ReadOutcome.End, read.Outcome);
            Assert.Empty(read.Notes);
            Assert.Equal(["0102030405", "06", "070809"], read.Bytes.ConvertAll(Convert.ToHexString));
            Assert.Equal([1_700_000_000_123_456_000, 1_700_000_001 * SecondNs, 0], read.Packets.ConvertAll(packet => packet.TimestampNs));
            Assert.Equal([60, 1, 4], read.Packets.ConvertAll(packet => packet.OriginalLength));
            Assert.Equal(1, read.Counters.NoTimestamp);
            Assert.Equal(0, read.Counters.TimeGoesBack);
        }
    }

    [Fact]
    public void Sections_may_change_byte_order_and_start_their_interfaces_anew()
    {
        byte[] file = new PcapngBuilder()
            .AddSection(bigEndian: false).AddInterface(1).AddInterface(113).AddPacket(1, [1], 1)
            .AddSection(bigEndian: true, minor: 2).AddInterface(101).AddPacket(2, [2]).AddPacket(3, [3], 1)
            .ToArray();
        using var reader = CaptureReader.Open(new MemoryStream(file), "x");
        var batch = new PacketBatch();
        Assert.Equal(ReadOutcome.More, reader.Read(batch));
        Assert.Equal((1, (ushort)113, false), (batch.Count, batch.Packets[0].LinkType, batch.Section!.IsBigEndian));
        Assert.Equal(ReadOutcome.More, reader.Read(batch));
        Assert.Equal((1, (ushort)101, true), (batch.Count, batch.Packets[0].LinkType, batch.Section!.IsBigEndian));
        Assert.Equal(ReadOutcome.End, reader.Read(batch));
        Assert.Equal(2, reader.Sections.Count);
        Assert.Equal(1, reader.Counters.Skipped["pcapng.unknown_interface"]);
        Assert.Empty(reader.Notes);
    }

    [Theory]
    [InlineData(0, 5ul, 0, 5 * SecondNs)]
    [InlineData(6, 5ul, 0, 5_000)]
    [InlineData(9, 5ul, 0, 5)]
    [InlineData(12, 5_999ul, 0, 5)]
    [InlineData(18, 5_999_999_999ul, 0, 5)]
    [InlineData(19, 5ul, 0, 0)] // no such clock
    [InlineData(0x80, 5ul, 0, 5 * SecondNs)]
    [InlineData(0x81, 5ul, 0, 5 * SecondNs / 2)]
    [InlineData(0x8A, 1ul, 0, 976_562)] // 2^-10 s, rounded down
    [InlineData(0xBF, ulong.MaxValue, 0, 1_999_999_999)]
    [InlineData(0xC0, 5ul, 0, 0)] // no such clock
    [InlineData(6, 5ul, 3, (3 * SecondNs) + 5_000)]
    [InlineData(6, 5ul, -3, (-3 * SecondNs) + 5_000)]
    [InlineData(6, ulong.MaxValue, 0, long.MaxValue)]
    [InlineData(9, 9_223_372_036_854_775_807ul, 0, long.MaxValue)]
    [InlineData(0, 1ul, long.MaxValue, long.MaxValue)]
    [InlineData(0, 1ul, long.MinValue, long.MinValue)]
    public void Times_of_any_resolution_become_nanoseconds(byte resolution, ulong units, long offset, long expectedNs)
    {
        var builder = new PcapngBuilder();
        builder.AddSection().AddInterface(1, 0, (Resolution, [resolution]), (Offset, builder.Number((ulong)offset)));
        Readback read = Readback.OfBytes(builder.AddPacket(units, [1]).ToArray());
        Assert.Equal(expectedNs, read.Packets[0].TimestampNs);
        Assert.Equal(units != 9_223_372_036_854_775_807 && expectedNs is long.MaxValue or long.MinValue ? 1 : 0, read.Counters.TimeSaturated);
        Assert.Equal(resolution is 19 or 0xC0 ? 1 : 0, read.Counters.NoTimestamp);
    }

    [Fact]
    public void What_later_work_needs_is_kept()
    {
        var builder = new PcapngBuilder(bigEndian: true);
        byte[] file = builder
            .AddSection(options: [(1, "first"u8.ToArray()), (2, "box"u8.ToArray()), (3, "os"u8.ToArray()), (4, "tool"u8.ToArray())])
            .AddInterface(1, 96, (2, "eth0"u8.ToArray()), (3, "uplink"u8.ToArray()), (11, [0, .. "tcp"u8]), (13, [4]))
            .AddSecrets(CaptureSecrets.TlsKeyLog, "CLIENT_RANDOM 01 02"u8)
            .AddSecrets(CaptureSecrets.WireGuardKeyLog, [1, 2, 3])
            .AddName([10, 0, 0, 1], "host.example")
            .AddName([10, 0, 0, 2], "no.end", terminated: false)
            .AddPacket(1, new byte[60], options: [(1, "odd one"u8.ToArray())])
            .AddPacket(2, new byte[60])
            .AddPacket(3, new byte[60], options: [(2, builder.Number(2u << 5))]) // 2 bytes of FCS, whatever the interface says
            .AddStatistics(0, 100, 7)
            .AddBlock(0x0BAD, [1, 2, 3, 4])
            .ToArray();
        using var reader = CaptureReader.Open(new MemoryStream(file), "x");
        var batch = new PacketBatch();
        Assert.Equal(ReadOutcome.More, reader.Read(batch));
        Assert.Equal([56, 56, 58], batch.Packets[..3].Select(packet => packet.CapturedLength));
        Assert.Contains("odd one", Encoding.Latin1.GetString(batch.Options(0)), StringComparison.Ordinal);
        Assert.True(batch.Options(1).IsEmpty);
        Assert.Equal(12, batch.Options(2).Length);
        Assert.Equal(ReadOutcome.End, reader.Read(batch));

        CaptureSection section = Assert.Single(reader.Sections);
        Assert.Equal(("box", "os", "tool"), (section.Hardware, section.OperatingSystem, section.Application));
        Assert.Equal(["first"], section.Comments);
        CaptureInterface interfaceZero = Assert.Single(section.Interfaces);
        Assert.Equal(("eth0", "uplink", "tcp", 96u), (interfaceZero.Name, interfaceZero.Description, interfaceZero.Filter, interfaceZero.SnapLength));
        Assert.Equal(new InterfaceStatistics(100, 7, null, null, null), interfaceZero.Statistics);
        Assert.Equal("CLIENT_RANDOM 01 02\n", reader.TlsKeyLog());
        Assert.Equal(2, reader.Secrets.Count);
        Assert.Equal("host.example", Assert.Single(reader.Names).Name);
        Assert.Equal(1, reader.Counters.OtherBlocks[0x0BAD]);
    }

    [Fact]
    public void Secrets_behind_the_traffic_can_be_had_before_it()
    {
        byte[] file = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1]).AddSecrets(CaptureSecrets.TlsKeyLog, "a"u8).ToArray();
        using var temporary = new TemporaryFile(file);
        using var reader = CaptureReader.Open(temporary.Path, new CaptureReaderOptions { SecretsFirst = true });
        Assert.Equal("a\n", reader.TlsKeyLog());
        Assert.Single(Readback.Of(reader).Packets);
        Assert.Single(reader.Secrets);
    }

    [Fact]
    public void Stray_bytes_at_the_end_cost_nothing_but_a_note()
    {
        PcapngBuilder good = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1]).AddPacket(2, [2]);
        int end = good.Length;
        Readback read = Readback.OfFile(good.AddBytes(new byte[7]).ToArray());
        Assert.Equal(ReadOutcome.Cut, read.Outcome);
        Assert.Equal(2, read.Packets.Count);
        Assert.Equal([$"cut at offset {end}, 7 bytes of a block lost"], read.Notes);
    }

    [Theory]
    [InlineData("00000000 00000000 00000000", ReadOutcome.Damaged, "bad block at offset 84: type 0x00000000, length 0")]
    [InlineData("06000000 0A000000 00000000", ReadOutcome.Damaged, "bad block at offset 84: type 0x00000006, length 10")]
    [InlineData("06000000 0D000000 00000000", ReadOutcome.Damaged, "bad block at offset 84: type 0x00000006, length 13")]
    [InlineData("06000000 80000000 00000000", ReadOutcome.Cut, "cut at offset 84, 12 bytes of a block lost")]
    [InlineData("77777700 80000000 00000000", ReadOutcome.Damaged, "bad block at offset 84: type 0x00777777, length 128")]
    [InlineData("0A0D0D0A 1C000000 00000000", ReadOutcome.Cut, "cut at offset 84, 12 bytes of a section header lost")]
    [InlineData("0A0D0D0A 1C000000 00000000 00000000 00000000 00000000 00000000", ReadOutcome.Damaged, "bad section header at offset 84")]
    [InlineData("0A0D0D0A 18000000 4D3C2B1A 00000000 00000000 00000000 00000000", ReadOutcome.Damaged, "bad block at offset 84: section header of 24")]
    [InlineData("0A0D0D0A 1C000000 4D3C2B1A 02000000 FFFFFFFF FFFFFFFF 1C000000", ReadOutcome.Damaged, "section of pcapng version 2.0 at offset 84")]
    public void Broken_tail_keeps_what_came_before_and_is_told(string tail, ReadOutcome outcome, string note)
    {
        PcapngBuilder good = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1]);
        Assert.Equal(84, good.Length);
        byte[] file = good.AddBytes(Convert.FromHexString(tail.Replace(" ", "", StringComparison.Ordinal))).ToArray();
        foreach (Readback read in new[] { Readback.OfBytes(file), Readback.OfFile(file) })
        {
            Assert.Equal(outcome, read.Outcome);
            Assert.Single(read.Packets);
            Assert.StartsWith(note, Assert.Single(read.Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Odd_blocks_are_passed_over_and_keep_their_packet_numbers()
    {
        byte[] file = new PcapngBuilder().AddSection(minor: 1).AddInterface()
            .AddPacket(1, [1], 9) // no such interface
            .AddPacket(1, [2], capturedLength: 100) // longer than its block
            .AddBlock(6, new byte[8]) // too short for its fields
            .AddPacket(1, new byte[200])
            .AddBlock(5, [1, 2, 3, 4])
            .AddPacket(4, [5])
            .ToArray();
        Readback read = Readback.OfBytes(file, new CaptureReaderOptions { MaxPacketLength = 100 });
        Assert.Equal([5L], read.Packets.ConvertAll(packet => packet.Number));
        Assert.Equal(["pcapng.bad_block", "pcapng.packet_too_large", "pcapng.unknown_interface"], read.Counters.Skipped.Keys);
        Assert.Equal(["pcapng version 1.1 is read as 1.0"], read.Notes);
    }

    [Fact]
    public void A_wrong_trailing_length_is_noted_once_and_not_used()
    {
        byte[] file = new PcapngBuilder().AddSection().AddBlock(1, [1, 0, 0, 0, 0, 0, 0, 0], 99).AddPacket(1, [1]).AddBlock(9, [], 1).ToArray();
        Readback read = Readback.OfBytes(file);
        Assert.Single(read.Packets);
        Assert.Contains("offset 28", Assert.Single(read.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_of_unknown_version_is_left_out_when_its_length_is_told()
    {
        byte[] file = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1])
            .AddSection(major: 2, length: 12).AddBlock(6, [])
            .AddSection().AddInterface().AddPacket(2, [2])
            .ToArray();
        Readback read = Readback.OfBytes(file);
        Assert.Equal(ReadOutcome.End, read.Outcome);
        Assert.Equal(2, read.Packets.Count);
        Assert.Contains("left out", Assert.Single(read.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_section_of_version_0_is_no_capture()
    {
        CaptureFormatException problem = Assert.Throws<CaptureFormatException>(
            () => Readback.OfBytes(new PcapngBuilder().AddSection(major: 0, minor: 1).ToArray()));
        Assert.Equal("x is pcapng of version 0.1, which is not known; 1.0 is", problem.Message);
    }

    [Fact]
    public void Garbage_behind_a_good_start_never_throws_and_reads_alike_from_file_and_stream() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool, Gen.Int[0, 12], Gen.Int[12, 64]).Sample(
            (garbage, bigEndian, type, length) =>
            {
                PcapngBuilder builder = new PcapngBuilder(bigEndian).AddSection().AddInterface().AddPacket(1, [1]);
                builder.AddBytes(builder.Number((uint)type)).AddBytes(builder.Number((uint)length & ~3u)).AddBytes(garbage);
                byte[] file = builder.ToArray();
                Readback mapped = Readback.OfFile(file);
                Readback streamed = Readback.OfStream(new TrickleStream(file, 5));
                Assert.Equal(mapped.Lines, streamed.Lines);
                Assert.Equal(mapped.Outcome, streamed.Outcome);
                Assert.Equal(mapped.Notes, streamed.Notes);
            },
            iter: 500);

    [Fact]
    public void One_damaged_byte_or_a_cut_never_throws() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400]).Sample(
            (at, value, length) =>
            {
                byte[] file = new PcapngBuilder().AddSection(options: [(4, "tool"u8.ToArray())]).AddInterface(1, 0, (2, "eth0"u8.ToArray()))
                    .AddSecrets(CaptureSecrets.TlsKeyLog, "abc"u8).AddName([1, 2, 3, 4], "a").AddPacket(1, new byte[50], options: [(1, [65])])
                    .AddStatistics(0, 1, 2).AddSection(bigEndian: true).AddInterface().AddPacket(1, new byte[9]).ToArray();
                file[Math.Min(at, file.Length - 1)] = value;
                try
                {
                    _ = Readback.OfBytes(file[..Math.Min(length, file.Length)]);
                }
                catch (CaptureFormatException)
                {
                    Assert.True(at < 28 || length < 28);
                }
            },
            iter: 2_000);

    [Theory]
    [InlineData("06000000 24000000 09000000 00000000 00000000 01000000 01000000 00000000 24000000", CaptureDamageKind.UnknownInterface)]
    [InlineData("06000000 24000000 00000000 00000000 00000000 64000000 64000000 00000000 24000000", CaptureDamageKind.BadBlock)]
    [InlineData("06000000 24000000 00000000 00000000 00000000 01000000 01000000 00000000 28000000", CaptureDamageKind.LengthMismatch)]
    [InlineData("0A0D0D0A 1C000000 4D3C2B1A 02000000 00000000 00000000 1C000000", CaptureDamageKind.UnknownVersion)]
    [InlineData("00000000 00000000 00000000", CaptureDamageKind.BadBlock)]
    [InlineData("06000000 80000000 00000000", CaptureDamageKind.CutInPacket)]
    [InlineData("06000000 80", CaptureDamageKind.CutInHeader)]
    public void First_damage_is_told_with_its_kind_packet_and_offset(string tail, CaptureDamageKind kind)
    {
        byte[] capture = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1])
            .AddBytes(Convert.FromHexString(tail.Replace(" ", "", StringComparison.Ordinal)))
            .ToArray();
        using var file = new TemporaryFile(capture);
        using var reader = CaptureReader.Open(file.Path);
        Readback.Of(reader);

        Assert.Equal((kind, 2, 84), (reader.Damage!.Kind, reader.Damage.Packet, reader.Damage.Offset));
        Assert.Equal(1, reader.Damages);
    }
}
