using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class DtlsParserTests
{
    private static byte[] Hello => Hellos.Client(0xFEFD, [0xC02B, 0xC02F], Hellos.ServerName("dtls.example.test"));

    [Fact]
    public void Fragments_in_any_order_make_one_hello() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 1_000]).Sample((length, seed) =>
        {
            byte[] hello = Hello;
            List<byte[]> datagrams = [];
            for (int offset = 0; offset < hello.Length - 4; offset += length)
            {
                datagrams.Add(Hellos.DtlsFragment(hello, 0, offset, Math.Min(length, hello.Length - 4 - offset)));
            }

            for (int i = datagrams.Count - 1; i > 0; i--)
            {
                int other = ((seed * 7919) + (31 * i)) % (i + 1);
                (datagrams[i], datagrams[other]) = (datagrams[other], datagrams[i]);
            }

            RecordList records = Run([.. datagrams.Select(static datagram => (Direction.FromOriginator, datagram))]);
            return records is [ClientHelloRecord record] && record.Message.AsSpan().SequenceEqual(hello) && record.At.Number == datagrams.Count;
        });

    [Fact]
    public void Retransmitted_hello_is_told_once_and_the_one_with_cookie_besides()
    {
        byte[] first = Hellos.DtlsFragment(Hello, 0, 0, Hello.Length - 4);
        byte[] withCookie = Hellos.Client(0xFEFD, [0xC02B], null, cookie: "biscuit");
        byte[] second = Hellos.DtlsFragment(withCookie, 1, 0, withCookie.Length - 4);

        RecordList records = Run(
            (Direction.FromOriginator, first), (Direction.FromOriginator, first), (Direction.FromOriginator, second), (Direction.FromOriginator, second));

        Assert.Equal([Hello, withCookie], records.Select(static record => Assert.IsType<ClientHelloRecord>(record).Message));
    }

    [Fact]
    public void Chain_in_fragments_is_told()
    {
        byte[] certificate = new Bytes().Repeat(0x30, 700).ToArray();
        byte[] message = Hellos.Certificates(certificate);
        byte[] server = Hellos.Server(0xFEFD, 0xC02B, null);

        RecordList records = Run(
            (Direction.FromResponder, [.. Hellos.DtlsFragment(server, 0, 0, server.Length - 4), .. Hellos.DtlsFragment(message, 1, 0, 300)]),
            (Direction.FromResponder, Hellos.DtlsFragment(message, 1, 300, message.Length - 304)));

        Assert.IsType<ServerHelloRecord>(records[0]);
        Assert.Equal([certificate], Assert.IsType<CertificateChainRecord>(records[1]).Certificates);
        Assert.Equal(TlsCarrier.Dtls, ((CertificateChainRecord)records[1]).Carrier);
    }

    [Fact]
    public void Encrypted_epochs_of_both_sides_end_the_parser()
    {
        RecordList records = [];
        var parser = new DtlsParser(TestFlow.Udp(443), records);
        byte[] encrypted = new Bytes().U8(22).U16(0xFEFD).U16(1).U16(0).U32(0).Prefixed(16, new Bytes().Repeat(3, 40)).ToArray();

        parser.OnDatagram(Direction.FromOriginator, encrypted, TestFlow.At(1));
        Assert.False(parser.IsDone);
        parser.OnDatagram(Direction.FromResponder, encrypted, TestFlow.At(2));

        Assert.True(parser.IsDone);
        Assert.Empty(records);
    }

    [Fact]
    public void Datagram_of_whole_records_is_recognised_and_others_are_not()
    {
        byte[] good = Hellos.DtlsFragment(Hello, 0, 0, Hello.Length - 4);

        Assert.True(DtlsParser.Recognizes(good));
        Assert.False(DtlsParser.Recognizes(good.AsSpan(0, good.Length - 1)));
        Assert.False(DtlsParser.Recognizes([.. good, 0]));
        Assert.False(DtlsParser.Recognizes([]));
        Assert.False(DtlsParser.Recognizes(Hellos.HandshakeRecords(Hellos.Client("a.test"))));
    }

    [Fact]
    public void Damaged_fragments_never_throw() =>
        Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200]).Sample((at, value, length) =>
        {
            byte[] bytes = Hellos.DtlsFragment(Hello, 0, 0, Hello.Length - 4);
            bytes[at % bytes.Length] = value;
            bytes = bytes[..Math.Min(length, bytes.Length)];
            _ = DtlsParser.Recognizes(bytes);
            return Run((Direction.FromOriginator, bytes), (Direction.FromOriginator, bytes)).Count <= 2;
        });

    private static RecordList Run(params (Direction Direction, byte[] Datagram)[] datagrams)
    {
        RecordList records = [];
        var parser = new DtlsParser(TestFlow.Udp(443), records);
        for (int i = 0; i < datagrams.Length; i++)
        {
            parser.OnDatagram(datagrams[i].Direction, datagrams[i].Datagram, TestFlow.At(i + 1));
        }

        return records;
    }
}
