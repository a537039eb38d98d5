using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Dhcp;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Dhcp;

public sealed class DhcpTests
{
    private static Bytes Message(int operation, Bytes options) => new Bytes().U8(operation).U8(1).U8(6).U8(0).U32(0x01020304).U32(0)
        .U32(0).Hex(operation == 2 ? "c0000264" : "00000000").U32(0).U32(0)
        .Hex("020000000001").Repeat(0, 10 + 64 + 128).Hex("63825363").Raw(options);

    private static Bytes Option(Bytes bytes, int code, Bytes value) => bytes.U8(code).Prefixed(8, value);

    private static FieldList Parse(Bytes message)
    {
        RecordList records = [];
        new DhcpParser(TestFlow.Udp(67), records, new ParserOptions { EmitsTransactions = true }).OnDatagram(Direction.FromOriginator, message, TestFlow.At(1));
        return FieldList.Of(DhcpSchema.Schema, Assert.IsType<DhcpRecord>(Assert.Single(records)));
    }

    [Fact]
    public void Request_tells_who_asks_under_which_name_and_for_what()
    {
        Bytes options = Option(new Bytes(), 53, new Bytes().U8(3));
        Option(options, 12, new Bytes().Text("desk"));
        Option(options, 61, new Bytes().Hex("01020000000001"));
        Option(options, 50, new Bytes().Hex("c0000264"));
        Option(options, 60, new Bytes().Text("MSFT 5.0"));
        Option(options, 81, new Bytes().Hex("000000").Text("desk.example.com"));
        Option(options, 55, new Bytes().Hex("0103060f")).U8(255);
        FieldList fields = Parse(Message(1, options));

        Assert.Equal(("request", "16909060", "02:00:00:00:00:01", "desk"), (fields["message_type"], fields["xid"], fields["client_mac"], fields["host_name"]));
        Assert.Equal(("01020000000001", "192.0.2.100", "MSFT 5.0", "desk.example.com"), (fields["client_id"], fields["requested_ip"], fields["vendor_class"], fields["fqdn"]));
        Assert.Equal(("1,3,6,15", null), (fields["parameters"], fields["assigned_ip"]));
    }

    [Fact]
    public void Answer_tells_what_the_client_gets_and_from_whom()
    {
        Bytes options = Option(new Bytes(), 53, new Bytes().U8(5));
        Option(options, 54, new Bytes().Hex("c0000201"));
        Option(options, 51, new Bytes().U32(3600));
        Option(options, 3, new Bytes().Hex("c0000201c0000202"));
        FieldList fields = Parse(Message(2, options.U8(0).U8(255)));

        Assert.Equal(("ack", "true", "192.0.2.100", "192.0.2.1"), (fields["message_type"], fields["response"], fields["assigned_ip"], fields["server_id"]));
        Assert.Equal(("3600", "192.0.2.1,192.0.2.2"), (fields["lease_s"], fields["routers"]));
    }

    [Fact]
    public void Name_may_be_sent_as_labels()
    {
        Bytes options = Option(new Bytes(), 81, new Bytes().Hex("040000").U8(4).Text("desk").U8(3).Text("lan").U8(0));

        Assert.Equal("desk.lan", Parse(Message(1, options))["fqdn"]);
    }

    [Fact]
    public void Message_without_the_cookie_is_another_protocol()
    {
        byte[] message = Message(1, new Bytes()).ToArray();
        message[236] = 0;

        Assert.False(DhcpParser.Recognizes(message));
        Assert.False(DhcpParser.Recognizes(Message(1, new Bytes()).ToArray().AsSpan(..^1)));
        Assert.True(DhcpParser.Recognizes(Message(1, new Bytes())));
    }

    [Fact]
    public void Any_options_can_be_taken() => Gen.Byte.Array[0, 120].Sample(static options => Parse(Message(1, new Bytes().Raw(options))));
}
