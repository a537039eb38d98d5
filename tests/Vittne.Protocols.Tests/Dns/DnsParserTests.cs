using CsCheck;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Dns;

public sealed class DnsParserTests
{
    private static Bytes Query(string name) => DnsBytes.Header(7, 0x0100, questions: 1).Name(name, "test").U16(1).U16(1);

    private static Bytes Message(string name) => new Bytes().Prefixed(16, Query(name));

    private static RecordList Datagram(Bytes bytes, ushort port = 53)
    {
        RecordList records = [];
        new DnsDatagramParser(TestFlow.Udp(port), records).OnDatagram(Direction.FromOriginator, bytes, TestFlow.At(42));
        return records;
    }

    [Theory]
    [InlineData(53, DnsVariant.Dns)]
    [InlineData(5353, DnsVariant.Mdns)]
    [InlineData(5355, DnsVariant.Llmnr)]
    [InlineData(9999, DnsVariant.Dns)]
    public void Datagram_becomes_one_record_with_its_bytes_and_variant(int port, DnsVariant variant)
    {
        DnsRecord record = Assert.IsType<DnsRecord>(Assert.Single(Datagram(Query("a"), (ushort)port)));

        Assert.Equal(Query("a").ToArray(), record.Message);
        Assert.Equal((variant, 42L), (record.Variant, record.At.Number));
    }

    [Fact]
    public void Damaged_message_is_told_beside_what_is_readable()
    {
        RecordList records = Datagram(DnsBytes.Header(7, 0x8180, questions: 1, answers: 1).Name("a").U16(1).U16(1).Pointer(12));

        Assert.IsType<DnsRecord>(records[0]);
        Assert.Equal(AnomalyKind.DnsShort, Assert.IsType<AnomalyRecord>(records[1]).Kind);
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public void Junk_on_the_dns_port_is_not_taken_for_dns_and_the_query_behind_it_is()
    {
        byte[] snmp = new Bytes().Hex("302602010004067075626C6963A019020101020100020100").Text("junkjunk").ToArray();

        Assert.False(DnsDatagramParser.Recognizes(snmp, 40_000, 53));
        Assert.True(DnsDatagramParser.Recognizes(Query("a"), 40_000, 53));
    }

    [Fact]
    public void Dns_is_recognised_on_any_port_but_not_as_netbios()
    {
        Assert.True(DnsDatagramParser.Recognizes(Query("a"), 40_000, 9_999));
        Assert.False(DnsDatagramParser.Recognizes(Query("a"), 137, 137));
    }

    public static TheoryData<string, byte[]> NotStrict => new()
    {
        { "empty", [] },
        { "zeros", new byte[64] },
        { "no question", DnsBytes.Header(1, 0x8180, answers: 1).Name("a").U16(1).U16(1).U32(1).U16(0).ToArray() },
        { "two questions in a query", DnsBytes.Header(1, 0x0100, questions: 2).Name("a").U16(1).U16(1).Name("b").U16(1).U16(1).ToArray() },
        { "reserved bit", DnsBytes.Header(1, 0x0140, questions: 1).Name("a").U16(1).U16(1).ToArray() },
        { "opcode 7", DnsBytes.Header(1, 0x3800, questions: 1).Name("a").U16(1).U16(1).ToArray() },
        { "class 9", DnsBytes.Header(1, 0x0100, questions: 1).Name("a").U16(1).U16(9).ToArray() },
        { "cut", DnsBytes.Header(1, 0x8180, questions: 1, answers: 1).Name("a").U16(1).U16(1).ToArray() },
        { "many records", DnsBytes.Header(1, 0x8180, questions: 1, answers: 300).Name("a").U16(1).U16(1).ToArray() },
    };

    [Theory]
    [MemberData(nameof(NotStrict))]
    public void Off_its_ports_only_a_faultless_message_is_dns(string what, byte[] bytes) =>
        Assert.False(DnsDatagramParser.Recognizes(bytes, 40_000, 9_999), what);

    [Fact]
    public void Stream_yields_each_message_also_with_a_split_length()
    {
        RecordList records = [];
        var feeder = new StreamFeeder(new DnsStreamParser(TestFlow.Tcp(53), records));
        byte[] stream = new Bytes().Raw(Message("a")).Raw(Message("b")).ToArray();
        feeder.Client(stream.AsSpan(0, 1)).Client(stream.AsSpan(1, 30)).Client(stream.AsSpan(31)).End();

        Assert.Equal([Query("a").ToArray(), Query("b").ToArray()], records.Cast<DnsRecord>().Select(record => record.Message));
    }

    [Fact]
    public void Message_of_length_zero_is_told_and_stepped_over()
    {
        RecordList records = [];
        new StreamFeeder(new DnsStreamParser(TestFlow.Tcp(53), records)).Client(new Bytes().U16(0).Raw(Message("a"))).End();

        Assert.Equal(AnomalyKind.DnsLength, Assert.IsType<AnomalyRecord>(records[0]).Kind);
        Assert.IsType<DnsRecord>(records[1]);
    }

    [Fact]
    public void One_byte_segments_do_not_cost_a_call_each()
    {
        RecordList records = [];
        var feeder = new StreamFeeder(new DnsStreamParser(TestFlow.Tcp(53), records));
        feeder.Cut(Direction.FromOriginator, Message("a"), 1);

        Assert.Single(records);
        Assert.Equal(2, feeder.Calls);
    }

    [Fact]
    public void After_a_gap_the_next_message_at_a_segment_start_is_found()
    {
        RecordList records = [];
        new StreamFeeder(new DnsStreamParser(TestFlow.Tcp(53), records))
            .Client(Message("a")).Gap(Direction.FromOriginator, 100)
            .Client(new Bytes().Text("the middle of a message")).Client(Message("b")).End();

        Assert.Equal(2, records.OfType<DnsRecord>().Count());
    }

    [Fact]
    public void Stream_recognition_waits_for_what_it_needs()
    {
        byte[] message = Message("a").ToArray();

        Assert.Equal(Recognition.NeedMore, DnsStreamParser.Recognizes(message.AsSpan(0, 1), 40_000, 53));
        Assert.Equal(Recognition.NeedMore, DnsStreamParser.Recognizes(message.AsSpan(0, 16), 40_000, 53));
        Assert.Equal(Recognition.Yes, DnsStreamParser.Recognizes(message, 40_000, 53));
        Assert.Equal(Recognition.Yes, DnsStreamParser.Recognizes(message, 40_000, 9_999));
        Assert.Equal(Recognition.No, DnsStreamParser.Recognizes(new Bytes().Text("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 40_000, 9_999));
    }

    [Fact]
    public void Start_of_another_protocol_does_not_wait_for_a_whole_header()
    {
        // Request and reply of SOCKS 5 (RFC 1928) look like lengths of 1,281 and 1,280 bytes.
        Assert.Equal(Recognition.No, DnsStreamParser.Recognizes(new Bytes().Hex("05010005010003"), 40_000, 1_080));
        Assert.Equal(Recognition.No, DnsStreamParser.Recognizes(new Bytes().Hex("0500050000017F"), 40_000, 1_080));
    }

    [Fact]
    public void Opcode_that_does_not_exist_is_told_on_the_dns_port() =>
        Assert.IsType<DnsRecord>(Assert.Single(Datagram(DnsBytes.Header(1, 0x4900, questions: 1).Name("a").U16(1).U16(1))));

    [Fact]
    public void Any_segmentation_gives_equal_messages() =>
        Gen.Int[1, 40].Array[1, 6].Sample(lengths =>
        {
            RecordList records = [];
            byte[] stream = new Bytes().Raw(Message("a")).U16(0).Raw(Message("b")).U16(3).Text("xyz").Raw(Message("c")).ToArray();
            new StreamFeeder(new DnsStreamParser(TestFlow.Tcp(53), records)).Cut(Direction.FromOriginator, stream, lengths).End();
            return records.Select(record => record.GetType().Name).SequenceEqual(
                ["DnsRecord", "AnomalyRecord", "DnsRecord", "AnomalyRecord", "DnsRecord"]);
        });

    [Fact]
    public void Any_stream_is_taken_without_exception() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 20].Array[1, 4]).Sample((bytes, lengths) =>
        {
            new StreamFeeder(new DnsStreamParser(TestFlow.Tcp(53), new RecordList())).Cut(Direction.FromResponder, bytes, lengths).End();
            _ = DnsStreamParser.Recognizes(bytes, 1, 2);
            _ = DnsDatagramParser.Recognizes(bytes, 1, 53);
        });
}
