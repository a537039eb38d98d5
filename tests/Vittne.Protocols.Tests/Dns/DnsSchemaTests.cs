using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Dns;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Dns;

public sealed class DnsSchemaTests
{
    private static FieldList Fields(byte[] message, DnsVariant variant = DnsVariant.Dns) => FieldList.Of(DnsSchema.Schema, new DnsRecord
    {
        Flow = TestFlow.Udp(53),
        At = TestFlow.At(1),
        Direction = Direction.FromResponder,
        Message = message,
        Variant = variant,
    });

    private static byte[] Answer(int type, Bytes data, int flags = 0x8180, int recordClass = 1) => DnsBytes.Header(7, flags, questions: 1, answers: 1)
        .Name("www", "test").U16(type).U16(recordClass)
        .Pointer(12).U16(type).U16(recordClass).U32(300).Prefixed(16, data).ToArray();

    public static TheoryData<int, string, string> Presentations => new()
    {
        { 1, "c0000201", "192.0.2.1" },
        { 28, "20010db8000000000000000000000001", "2001:db8::1" },
        { 28, "00000000000000000000ffffc0000201", "::ffff:192.0.2.1" },
        { 5, "0161c010", "a.test" },
        { 2, "00", "" },
        { 15, "000a c00c", "10 www.test" },
        { 15, "0000 00", "0 ." },
        { 6, "c010 0161c010 00000001 00000002 00000003 00000004 00000005", "test a.test 1 2 3 4 5" },
        { 33, "0001 0002 0050 c010", "1 2 80 test" },
        { 16, "03612262 03615c07", "\"a\\\"b\" \"a\\\\\\007\"" },
        { 13, "0178 0179", "\"x\" \"y\"" },
        { 257, "00 05 6973737565 61", "0 issue \"a\"" },
        { 35, "0064 000a 0175 03413241 00 c010", "100 10 \"u\" \"A2A\" \"\" test" },
        { 43, "0102 08 02 abcd", "258 8 2 ABCD" },
        { 48, "0101 03 08 0102", "257 3 8 AQI=" },
        { 46, "0001 08 02 0000012c 5e0be100 5de45400 0007 c010 ff", "A 8 2 300 20200101000000 20191202000000 7 test /w==" },
        { 47, "c010 00 02 4001", "test A MX" },
        { 50, "01 00 000a 02 aabb 05 0102030405 00 01 40", "1 0 10 AABB 04106105 A" },
        { 52, "03 01 01 ab", "3 1 1 AB" },
        { 44, "04 02 ab", "4 2 AB" },
        { 29, "00 12 16 13 8b0d2c8c 7fe38edd 00989680", "51 30 12.748 N 0 31 3.971 W 0.00m 1.00m 10000.00m 10.00m" },
        { 65, "0001 00 0001 0003 026832 0004 0004 c0000201 0005 0002 ff00", "1 . alpn=h2 ipv4hint=192.0.2.1 ech=/wA=" },
        { 64, "0000 c010", "0 test" },
        { 65280, "abcd", "\\# 2 abcd" },
        { 1, "c00002", "\\# 3 c00002" },
        { 15, "000a", "\\# 2 000a" },
        { 1, "", "\\# 0" },
    };

    [Theory]
    [MemberData(nameof(Presentations))]
    public void Data_has_the_presentation_form_of_its_type(int type, string hex, string text)
    {
        Assert.Equal(text, Fields(Answer(type, new Bytes().Hex(hex.Replace(" ", "", StringComparison.Ordinal))))["answers.data"]);
    }

    [Fact]
    public void Header_names_the_bits_that_are_set()
    {
        FieldList fields = Fields(Answer(1, new Bytes().U32(1), flags: 0x8583));

        Assert.Equal(("true", "true", "false", "true", "true"), (fields["response"], fields["aa"], fields["tc"], fields["rd"], fields["ra"]));
        Assert.Equal(("3", "NXDOMAIN"), (fields["rcode"], fields["rcode_name"]));
    }

    [Fact]
    public void Query_has_no_response_code()
    {
        Assert.Null(Fields(Answer(1, new Bytes().U32(1), flags: 0x0100))["rcode"]);
    }

    [Fact]
    public void Edns_gives_its_options_the_client_subnet_and_the_upper_bits_of_the_response_code()
    {
        FieldList fields = Fields(DnsBytes.Header(7, 0x8180, additionals: 1)
            .U8(0).U16(41).U16(1232).U32(0x0100_8000).Prefixed(16, new Bytes().U16(8).Prefixed(16, new Bytes().U16(1).U8(24).U8(0).Hex("c00002"))).ToArray());

        Assert.Equal(("1232", "true", "192.0.2.0/24"), (fields["edns.udp_size"], fields["edns.do"], fields["edns.client_subnet"]));
        Assert.Equal(("16", "BADVERS", "8"), (fields["rcode"], fields["rcode_name"], fields["edns.options.code"]));
        Assert.Null(fields["additionals.name"]);
    }

    [Fact]
    public void Top_bit_of_the_class_is_a_flag_in_multicast_alone()
    {
        byte[] message = Answer(1, new Bytes().U32(1), recordClass: 0x8001);

        FieldList multicast = Fields(message, DnsVariant.Mdns), unicast = Fields(message);
        Assert.Equal(("1", "true", "true"), (multicast["answers.class"], multicast["answers.cache_flush"], multicast["questions.unicast"]));
        Assert.Equal(("32769", null), (unicast["answers.class"], unicast["answers.cache_flush"]));
    }

    [Fact]
    public void Message_that_is_cut_keeps_what_is_whole_and_says_so()
    {
        byte[] message = Answer(1, new Bytes().U32(1));
        FieldList fields = Fields(message[..^1]);

        Assert.Equal(("www.test", "true", null), (fields["questions.name"], fields["truncated_message"], fields["answers.data"]));
    }

    [Fact]
    public void Response_is_paired_with_the_nearest_unanswered_query_of_its_question()
    {
        RecordList records = [];
        var parser = new DnsDatagramParser(TestFlow.Udp(53), records, new ParserOptions { EmitsTransactions = true });
        byte[] query = DnsBytes.Header(7, 0x0100, questions: 1).Name("WWW", "test").U16(1).U16(1).ToArray();
        byte[] other = DnsBytes.Header(7, 0x0100, questions: 1).Name("other", "test").U16(1).U16(1).ToArray();
        parser.OnDatagram(Direction.FromOriginator, query, TestFlow.At(1));
        parser.OnDatagram(Direction.FromOriginator, query, TestFlow.At(2));
        parser.OnDatagram(Direction.FromOriginator, other, TestFlow.At(3));
        parser.OnDatagram(Direction.FromResponder, Answer(1, new Bytes().U32(1)), TestFlow.At(5));
        parser.OnDatagram(Direction.FromResponder, Answer(1, new Bytes().U32(1)), TestFlow.At(40_000));

        Assert.Equal((2L, 3_000_000L), (((DnsRecord)records[3]).QueryPacket, ((DnsRecord)records[3]).RoundTripNs));
        Assert.Null(((DnsRecord)records[4]).QueryPacket);
    }

    [Fact]
    public void Any_bytes_can_be_written() => Gen.Byte.Array[0, 80].Select(Gen.Int[0, 300], static (data, type) => Answer(type, new Bytes().Raw(data))).Sample(message =>
    {
        Fields(message);
        DnsSchema.Schema.Summarise(new DnsRecord
        {
            Flow = TestFlow.Udp(53),
            At = TestFlow.At(1),
            Direction = Direction.FromOriginator,
            Message = message,
            Variant = DnsVariant.Dns,
        });
    });
}
