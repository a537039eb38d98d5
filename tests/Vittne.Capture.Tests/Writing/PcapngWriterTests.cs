using System.Text;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Writing;

public sealed class PcapngWriterTests
{
    private static readonly byte[] Frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, [1, 2, 3])));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Interfaces_names_comments_flags_secrets_and_custom_blocks_are_kept(bool bigEndian)
    {
        byte[] capture = Rich(bigEndian);
        byte[] copy = Copies.Pcapng(capture);

        // The little-endian capture that says the same is what both orders become.
        Assert.Equal(Convert.ToHexString(Rich(bigEndian: false)), Convert.ToHexString(copy));
        Assert.Equal(Readback.OfBytes(Rich(bigEndian: false)).Lines, Readback.OfBytes(copy).Lines);
    }

    [Fact]
    public void Copy_of_a_copy_is_the_copy()
    {
        byte[] copy = Copies.Pcapng(Rich(bigEndian: true));

        Assert.Equal(copy, Copies.Pcapng(copy));
    }

    [Fact]
    public void Interfaces_without_packets_are_left_out_and_the_others_renumbered()
    {
        var capture = new PcapngBuilder();
        capture.AddSection().AddInterface(113).AddInterface(1, 0, (2, "eth1"u8.ToArray())).AddPacket(5, Frame, 1);
        Readback read = Readback.OfBytes(Copies.Pcapng(capture.ToArray()));

        Assert.Equal(0, read.Packets[0].Interface);
        Assert.Equal(1, read.Packets[0].LinkType);
    }

    [Fact]
    public void Statistics_follow_their_interface_or_go_with_it()
    {
        var capture = new PcapngBuilder();
        capture.AddSection().AddInterface(113).AddInterface(1).AddPacket(5, Frame, 1).AddStatistics(0, 7, 8).AddStatistics(1, 9, 10);
        using var reader = CaptureReader.Open(new MemoryStream(Copies.Pcapng(capture.ToArray())), "x");
        Readback.Of(reader);

        CaptureInterface only = Assert.Single(reader.Sections[0].Interfaces);
        Assert.Equal((9ul, 10ul), (only.Statistics!.Received, only.Statistics.Dropped));
    }

    [Fact]
    public void Clocks_finer_than_nanoseconds_become_nanoseconds()
    {
        var capture = new PcapngBuilder();
        capture.AddSection().AddInterface(1, 0, (9, [12])).AddPacket(1_234_567_890_123, Frame);
        Readback read = Readback.OfBytes(Copies.Pcapng(capture.ToArray()));

        Assert.Equal(1_234_567_890, read.Packets[0].TimestampNs);
    }

    [Fact]
    public void Clocks_with_an_offset_keep_it()
    {
        var capture = new PcapngBuilder();
        capture.AddSection().AddInterface(1, 0, (9, [3]), (14, capture.Number(1_000ul))).AddPacket(5, Frame);
        byte[] copy = Copies.Pcapng(capture.ToArray());

        Assert.Equal(capture.ToArray(), copy);
        Assert.Equal(1_000_005_000_000, Readback.OfBytes(copy).Packets[0].TimestampNs);
    }

    [Fact]
    public void Pcap_becomes_pcapng_with_its_unit_of_time_and_snap_length()
    {
        byte[] capture = new PcapBuilder(1, nanoseconds: true) { SnapLength = 96 }.Add(1_000_000_007, Frame, 1_000).ToArray();
        using var reader = CaptureReader.Open(new MemoryStream(Copies.Pcapng(capture)), "x");
        Readback read = Readback.Of(reader);

        Assert.Equal(1_000_000_007, read.Packets[0].TimestampNs);
        Assert.Equal(1_000, read.Packets[0].OriginalLength);
        Assert.Equal((9, 96u), (reader.Sections[0].Interfaces[0].TimestampResolution, reader.Sections[0].Interfaces[0].SnapLength));
    }

    [Fact]
    public void Bare_copies_hold_no_text_no_names_and_no_secrets()
    {
        byte[] copy = Copies.Pcapng(Rich(bigEndian: false), new PcapngWriterOptions { IsBare = true });

        string text = Encoding.Latin1.GetString(copy);
        foreach (string word in new[] { "eth0", "machine", "comment", "CLIENT_RANDOM", "server.example", "custom" })
        {
            Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        }

        Assert.Equal(2, Readback.OfBytes(copy).Packets.Count);
    }

    [Fact]
    public void A_capture_without_packets_stays_readable()
    {
        var capture = new PcapngBuilder();
        capture.AddSection().AddInterface();
        byte[] copy = Copies.Write(capture.ToArray(), (reader, output) =>
        {
            var writer = new PcapngWriter(output, new PcapngWriterOptions());
            writer.WriteHeader(new CaptureSection { IsBigEndian = false, MajorVersion = 1, MinorVersion = 0 });
            return writer;
        });

        Assert.Equal(ReadOutcome.End, Readback.OfBytes(copy).Outcome);
    }

    private static byte[] Rich(bool bigEndian)
    {
        var capture = new PcapngBuilder(bigEndian);
        capture.AddSection(options: (2, "machine"u8.ToArray()))
            .AddSecrets(CaptureSecrets.TlsKeyLog, "CLIENT_RANDOM 00 11\n"u8)
            .AddInterface(1, 96, (2, "eth0"u8.ToArray()), (8, capture.Number(1_000_000_000ul)), (9, [9]))
            .AddPacket(1_700_000_000_000_000_007, Frame, 0, 1_000, null, (1, "a comment"u8.ToArray()), (2, capture.Number(0x21u)), (4, capture.Number(3ul)))
            .AddName([192, 0, 2, 1], "server.example")
            .AddBlock(0x0BAD, [.. capture.Number(32_473u), .. "custom"u8, 0, 0])
            .AddPacket(1_700_000_000_000_000_008, Frame);
        return capture.ToArray();
    }
}
