using Vittne.Packets;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class DtlsHandshakeTests
{
    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };

    private static byte[] Hello => Hellos.Client(0xFEFD, [0xC02B, 0xC02F], Hellos.ServerName("dtls.example.test"));

    private static byte[] ChangeCipherSpec => new Bytes().U8(20).U16(0xFEFD).U16(0).U16(0).U32(9).Prefixed(16, new Bytes().U8(1)).ToArray();

    [Fact]
    public void Hellos_with_and_without_cookie_are_one_handshake()
    {
        byte[] withCookie = Hellos.Client(0xFEFD, [0xC02B, 0xC02F], Hellos.ServerName("dtls.example.test"), cookie: "biscuit");
        byte[] verify = Hellos.Message(3, new Bytes().U16(0xFEFF).Prefixed(8, new Bytes().Text("biscuit"))).ToArray();
        byte[] server = Hellos.Server(0xFEFD, 0xC02B, null);

        RecordList records = Run(
            (Direction.FromOriginator, InOne(Hello, 0)), (Direction.FromOriginator, InOne(Hello, 0)), (Direction.FromResponder, InOne(verify, 0)),
            (Direction.FromOriginator, InOne(withCookie, 1)), (Direction.FromResponder, InOne(server, 1)),
            (Direction.FromOriginator, ChangeCipherSpec), (Direction.FromResponder, ChangeCipherSpec));

        FieldList fields = FieldList.Of(DtlsSchema.Schema, Assert.Single(records.OfType<DtlsHandshakeRecord>()));
        Assert.Equal(("DTLSv1.2", "true", "true", "CvCsIi"), (fields["version"], fields["cookie"], fields["established"], fields["history"]));
        Assert.StartsWith("dd2d02", fields["ja4"], StringComparison.Ordinal);
    }

    [Fact]
    public void Hello_without_an_answer_is_told_when_the_flow_ends()
    {
        RecordList records = [];
        var session = new ProtocolDatagrams(TestFlow.Udp(443), records, new ProtocolCounters(), Whole);

        Assert.True(session.OnDatagram(Direction.FromOriginator, InOne(Hello, 0), TestFlow.At(1)));
        Assert.Empty(records.OfType<DtlsHandshakeRecord>());
        session.OnEnd(TestFlow.At(900));

        Assert.Equal(1, Assert.Single(records.OfType<DtlsHandshakeRecord>()).At.Number);
    }

    [Fact]
    public void Handshake_of_a_CAPWAP_control_channel_is_read()
    {
        RecordList records = [];
        var session = new ProtocolDatagrams(TestFlow.Udp(5246), records, new ProtocolCounters(), Whole);

        session.OnDatagram(Direction.FromOriginator, [1, 0, 0, 0, .. InOne(Hello, 0)], TestFlow.At(1));

        Assert.Single(records.OfType<ClientHelloRecord>());
    }

    [Fact]
    public void Many_connectivity_checks_before_the_hello_do_not_hide_it()
    {
        RecordList records = [];
        var session = new ProtocolDatagrams(TestFlow.Udp(40_000), records, new ProtocolCounters(), Whole);
        byte[] binding = new Bytes().U16(1).U16(0).U32(0x2112A442).Repeat(7, 12).ToArray();

        for (int i = 1; i <= 20; i++)
        {
            Assert.True(session.OnDatagram(Direction.FromOriginator, binding, TestFlow.At(i)));
        }

        session.OnDatagram(Direction.FromOriginator, InOne(Hello, 0), TestFlow.At(21));

        Assert.Single(records.OfType<ClientHelloRecord>());
    }

    private static byte[] InOne(byte[] message, int sequence) => Hellos.DtlsFragment(message, sequence, 0, message.Length - 4);

    private static RecordList Run(params (Direction Direction, byte[] Datagram)[] datagrams)
    {
        RecordList records = [];
        var parser = new DtlsParser(TestFlow.Udp(443), records, Whole);
        for (int i = 0; i < datagrams.Length; i++)
        {
            parser.OnDatagram(datagrams[i].Direction, datagrams[i].Datagram, TestFlow.At(i + 1));
        }

        Assert.True(parser.IsDone);
        return records;
    }
}
