using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.RdpUdp;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.RdpUdp;

public sealed class RdpUdpTests
{
    private const long First = 0xFFFF_FFFE;

    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };

    private static byte[] Hello => Hellos.Client("desktop.example.test");

    private static byte[] Answer => Hellos.HandshakeRecords([.. Hellos.Server(0x0303, 0xC02F, null), .. Hellos.Certificates([new Bytes().Repeat(0x30, 700).ToArray()])]);

    [Theory]
    [InlineData(2, 1, 0x000C)]
    [InlineData(2, 0, 0x000C)]
    [InlineData(1, 6, 0x050C)]
    public void Handshake_of_versions_1_and_2_is_read_where_numbers_turn_over(int version, int vector, int flags)
    {
        byte[] hello = Hellos.HandshakeRecords(Hello);
        RecordList records = Run(
            (Direction.FromOriginator, RdpUdpPackets.Syn(First, version)),
            (Direction.FromResponder, RdpUdpPackets.SynAck(First, 99, version)),
            (Direction.FromOriginator, RdpUdpPackets.Data(First + 2, hello.AsSpan(30), vector, flags)),
            (Direction.FromOriginator, RdpUdpPackets.Data(First + 1, hello.AsSpan(0, 30), vector, flags)),
            (Direction.FromOriginator, RdpUdpPackets.Data(First + 1, hello.AsSpan(0, 30), vector, flags)),
            (Direction.FromResponder, RdpUdpPackets.Data(101, Answer.AsSpan(400), vector, flags)),
            (Direction.FromResponder, RdpUdpPackets.Data(100, Answer.AsSpan(0, 400), vector, flags)));

        AssertHandshake(records);
    }

    [Theory]
    [InlineData(0x004)]
    [InlineData(0x114)]
    [InlineData(0x155)]
    [InlineData(0x15D)]
    public void Handshake_of_version_3_is_read(int flags)
    {
        byte[] hello = Hellos.HandshakeRecords(Hello);
        RecordList records = Run(
            (Direction.FromOriginator, RdpUdpPackets.Syn(5, 0x0101)),
            (Direction.FromResponder, RdpUdpPackets.SynAck(5, 99, 0x0101)),
            (Direction.FromOriginator, RdpUdpPackets.Data3(0x10000, hello.AsSpan(30), flags)),
            (Direction.FromOriginator, RdpUdpPackets.Data3(0xFFFF, hello.AsSpan(0, 30), flags)),
            (Direction.FromResponder, RdpUdpPackets.Data3(2, Answer.AsSpan(400), flags)),
            (Direction.FromResponder, RdpUdpPackets.Data3(1, Answer.AsSpan(0, 400), flags)));

        AssertHandshake(records);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handshake_whose_beginning_was_not_captured_is_read(bool isVersion3)
    {
        byte[] hello = Hellos.HandshakeRecords(Hello);
        RecordList records = Run(
            (Direction.FromOriginator, isVersion3 ? RdpUdpPackets.Data3(1, hello) : RdpUdpPackets.Data(900, hello)),
            (Direction.FromResponder, isVersion3 ? RdpUdpPackets.Data3(1, Answer) : RdpUdpPackets.Data(70, Answer)));

        AssertHandshake(records);
    }

    [Fact]
    public void Offer_of_version_3_that_is_not_taken_leaves_the_old_form()
    {
        RecordList records = Run(
            (Direction.FromOriginator, RdpUdpPackets.Syn(5, 0x0101)),
            (Direction.FromResponder, RdpUdpPackets.SynAck(5, 99, 2)),
            (Direction.FromOriginator, RdpUdpPackets.Data(6, Hellos.HandshakeRecords(Hello))),
            (Direction.FromResponder, RdpUdpPackets.Data(100, Answer)));

        AssertHandshake(records);
    }

    [Fact]
    public void Lossy_connection_has_DTLS()
    {
        byte[] hello = Hellos.Client(0xFEFD, [0xC02B], Hellos.ServerName("desktop.example.test"));
        RecordList records = Run(
            (Direction.FromOriginator, RdpUdpPackets.Syn(5, 2, isLossy: true)),
            (Direction.FromOriginator, RdpUdpPackets.Data(7, Hellos.DtlsFragment(hello, 0, 20, hello.Length - 24))),
            (Direction.FromOriginator, RdpUdpPackets.Data(6, Hellos.DtlsFragment(hello, 0, 0, 20))));

        ClientHelloRecord record = Assert.Single(records.OfType<ClientHelloRecord>());
        Assert.Equal(TlsCarrier.Dtls, record.Carrier);
        Assert.Equal(hello, record.Message);
        Assert.Single(records.OfType<DtlsHandshakeRecord>());
    }

    [Fact]
    public void Parity_and_padding_are_no_data()
    {
        byte[] parity = RdpUdpPackets.Data(6, new byte[40], flags: 0x001C);
        byte[] padding = RdpUdpPackets.Data3(1, new byte[40]);
        padding[7] = 0xF0;

        Assert.False(RdpUdpData.TryRead(parity, out _));
        Assert.False(RdpUdpData.TryReadVersion3(padding, out _));
    }

    [Fact]
    public void Nothing_but_a_connection_is_known()
    {
        byte[] syn = RdpUdpPackets.Syn(5, 2);
        Assert.True(RdpUdpParser.Recognizes(syn));
        Assert.True(RdpUdpParser.Recognizes(RdpUdpPackets.SynAck(5, 9, 2)));
        Assert.False(RdpUdpParser.Recognizes(syn.AsSpan(1)));
        syn[3] = 0;
        Assert.False(RdpUdpParser.Recognizes(syn));
        Assert.False(RdpUdpParser.Recognizes(RdpUdpPackets.Data(6, new byte[40])));
        Assert.False(RdpUdpParser.Recognizes(RdpUdpPackets.Data3(1, new byte[40])));
        Assert.False(RdpUdpParser.Recognizes([]));
    }

    [Fact]
    public void Data_in_pieces_of_any_length_make_one_hello() =>
        Gen.Select(Gen.Int[20, 60], Gen.Bool).Sample((length, isVersion3) =>
        {
            byte[][] pieces = [.. Hellos.HandshakeRecords(Hello).Chunk(length)];
            RecordList records = Run(
            [
                (Direction.FromOriginator, RdpUdpPackets.Syn(0, isVersion3 ? 0x0101 : 2)),
                (Direction.FromResponder, RdpUdpPackets.SynAck(0, 9, isVersion3 ? 0x0101 : 2)),
                .. pieces.Select((piece, i) => (Direction.FromOriginator, isVersion3 ? RdpUdpPackets.Data3(i + 1, piece) : RdpUdpPackets.Data(i + 1, piece))),
            ]);
            return records.OfType<ClientHelloRecord>().Single().Message.AsSpan().SequenceEqual(Hello);
        });

    [Fact]
    public void Garbage_never_throws() =>
        Gen.Select(Gen.Byte.Array[0, 120].List[0, 20], Gen.Bool).Sample((datagrams, isVersion3) =>
        {
            var parser = new RdpUdpParser(TestFlow.Udp(3389), new RecordList(), Whole);
            parser.OnDatagram(Direction.FromResponder, RdpUdpPackets.SynAck(5, 9, isVersion3 ? 0x0101 : 1), TestFlow.At(1));
            foreach (byte[] datagram in datagrams)
            {
                RdpUdpParser.Recognizes(datagram);
                if (datagram.Length > 7 && isVersion3)
                {
                    datagram[7] = 0xE0;
                }

                parser.OnDatagram(Direction.FromResponder, datagram, TestFlow.At(2));
            }

            parser.OnEnd(TestFlow.At(3));
        });

    private static void AssertHandshake(RecordList records)
    {
        Assert.Equal(Hello, Assert.Single(records.OfType<ClientHelloRecord>()).Message);
        Assert.Single(records.OfType<ServerHelloRecord>());
        Assert.Single(records.OfType<CertificateChainRecord>());
        FieldList fields = FieldList.Of(TlsSchema.Schema, Assert.Single(records.OfType<TlsHandshakeRecord>()));
        Assert.Equal(("desktop.example.test", "rdp"), (fields["sni"], fields["starttls"]));
    }

    private static RecordList Run(params (Direction Direction, byte[] Datagram)[] datagrams)
    {
        RecordList records = [];
        var session = new ProtocolDatagrams(TestFlow.Udp(53_389), records, new ProtocolCounters(), Whole);
        for (int i = 0; i < datagrams.Length; i++)
        {
            session.OnDatagram(datagrams[i].Direction, datagrams[i].Datagram, TestFlow.At(i + 1));
        }

        session.OnEnd(TestFlow.At(datagrams.Length + 1));
        return records;
    }
}
