using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Nbns;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Nbns;

public sealed class NbnsTests
{
    private static Bytes Header(int flags, int questions, int answers) => new Bytes().U16(0x1234).U16(flags).U16(questions).U16(answers).U16(0).U16(0);

    private static Bytes Name(Bytes bytes, string name, int suffix)
    {
        bytes.U8(32);
        foreach (char c in name.PadRight(15) + (char)suffix)
        {
            bytes.U8('A' + (c >> 4)).U8('A' + (c & 15));
        }

        return bytes.U8(0);
    }

    private static FieldList Parse(Bytes message)
    {
        RecordList records = [];
        new NbnsParser(TestFlow.Udp(137), records).OnDatagram(Direction.FromOriginator, message, TestFlow.At(1));
        return FieldList.Of(NbnsSchema.Schema, Assert.IsType<NbnsRecord>(Assert.Single(records)));
    }

    [Fact]
    public void Query_tells_the_name_and_what_it_names()
    {
        FieldList fields = Parse(Name(Header(0x0110, 1, 0), "FILES", 0x20).U16(32).U16(1));

        Assert.Equal(("FILES", "32", "32", "false", "true", "0"), (fields["name"], fields["suffix"], fields["type"], fields["response"], fields["broadcast"], fields["opcode"]));
        Assert.Null(fields["rcode"]);
    }

    [Fact]
    public void Response_tells_addresses_and_whether_the_name_is_of_a_group()
    {
        FieldList fields = Parse(Name(Header(0x8500, 0, 1), "OFFICE", 0x1C).U16(32).U16(1).U32(600)
            .Prefixed(16, new Bytes().U16(0x8000).Hex("c0000201").U16(0).Hex("c0000202")));

        Assert.Equal(("192.0.2.1,192.0.2.2", "true", "600", "0"), (fields["addresses"], fields["group"], fields["ttl"], fields["rcode"]));
    }

    [Fact]
    public void Status_response_lists_all_names_and_the_hardware_address()
    {
        Bytes data = new Bytes().U8(2).Text("DESK           ").U8(0).U16(0x0400).Text("OFFICE         ").U8(0).U16(0x8400).Hex("020000000001").Repeat(0, 40);
        FieldList fields = Parse(Name(Header(0x8400, 0, 1), "*\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 0).U16(33).U16(1).U32(0).Prefixed(16, data));

        Assert.Equal(("*", "DESK,OFFICE", "false,true", "02:00:00:00:00:01"), (fields["name"], fields["names.name"], fields["names.group"], fields["mac"]));
    }

    [Fact]
    public void Same_form_on_another_port_or_with_another_name_is_not_netbios()
    {
        byte[] query = Name(Header(0x0110, 1, 0), "FILES", 0x20).U16(32).U16(1).ToArray();

        Assert.True(NbnsParser.Recognizes(query, 40_000, 137));
        Assert.False(NbnsParser.Recognizes(query, 40_000, 53));
        Assert.False(NbnsParser.Recognizes(Header(0x0110, 1, 0).U8(3).Text("www").U8(0).U16(1).U16(1), 40_000, 137));
    }

    [Fact]
    public void Any_bytes_can_be_taken() => Gen.Byte.Array[0, 120].Sample(static data =>
    {
        byte[] message = Name(Header(0x8400, 0, 1), "X", 0).U16(data.Length % 2 == 0 ? 33 : 32).U16(1).U32(0).Raw(data).ToArray();
        RecordList records = [];
        new NbnsParser(TestFlow.Udp(137), records).OnDatagram(Direction.FromOriginator, message, TestFlow.At(1));
        foreach (NbnsRecord record in records.OfType<NbnsRecord>())
        {
            FieldList.Of(NbnsSchema.Schema, record);
        }
    });
}
