using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Tls;
using Vittne.TestKit;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Protocols.Tests.Quic;

public sealed class QuicParserTests
{
    private const uint Version2 = 0x6B3343CF;

    private static readonly byte[] Hello = Hellos.Client("quic.example.test");
    private static readonly byte[] Answer = Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304));

    [Fact]
    public void Hellos_of_both_sides_are_told_and_end_the_parser()
    {
        InitialKeys keys = QuicDatagrams.Keys();
        (QuicParser parser, RecordList records) = Start();
        byte[] first = QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(0, Hello));

        Assert.True(QuicParser.Recognizes(first));
        parser.OnDatagram(Direction.FromOriginator, first, TestFlow.At(1));
        parser.OnDatagram(
            Direction.FromResponder, QuicDatagrams.Initial(keys.Server, new Bytes().Hex("0200000000").Raw(QuicDatagrams.Crypto(0, Answer)), destination: "", source: "01"), TestFlow.At(2));

        Assert.Equal(Hello, Assert.IsType<ClientHelloRecord>(records[0]).Message);
        Assert.Equal(Answer, Assert.IsType<ServerHelloRecord>(records[1]).Message);
        Assert.Equal(TlsCarrier.Quic, ((ClientHelloRecord)records[0]).Carrier);
        Assert.True(parser.IsDone);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(Version2)]
    [InlineData(0xFF000016u)]
    [InlineData(0xFF000017u)]
    [InlineData(0xFF00001Du)]
    [InlineData(0xFF000022u)]
    [InlineData(0xFACEB001u)]
    [InlineData(0xFACEB002u)]
    [InlineData(0x54303531u)]
    [InlineData(0x0A1A2A3Au)]
    public void Every_version_that_is_known_is_opened(uint version)
    {
        (QuicParser parser, RecordList records) = Start();

        int crypto = version >> 24 == 'T' ? 8 : 6;
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys(version).Client, QuicDatagrams.Crypto(0, Hello, crypto), version: version), TestFlow.At(1));

        Assert.Equal("quic.example.test", Sni(Assert.Single(records)));
    }

    [Fact]
    public void Third_datagram_that_fills_the_middle_completes_the_hello()
    {
        InitialKeys keys = QuicDatagrams.Keys();
        (QuicParser parser, RecordList records) = Start();
        int third = Hello.Length / 3;

        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(0, Hello.AsSpan(0, third))), TestFlow.At(1));
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(2 * third, Hello.AsSpan(2 * third)), 1), TestFlow.At(2));
        Assert.Empty(records);
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(third, Hello.AsSpan(third, third)), 2), TestFlow.At(3));

        Assert.Equal("quic.example.test", Sni(Assert.Single(records)));
        Assert.Equal(3, records[0].At.Number);
    }

    [Fact]
    public void Pieces_in_any_order_with_overlap_make_the_same_hello() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 20], Gen.Int[0, 1_000]).Sample((length, overlap, seed) =>
        {
            List<Bytes> pieces = [];
            for (int offset = 0; offset < Hello.Length; offset += length)
            {
                pieces.Add(QuicDatagrams.Crypto(offset, Hello.AsSpan(offset, Math.Min(length + overlap, Hello.Length - offset))));
            }

            for (int i = pieces.Count - 1; i > 0; i--)
            {
                int other = ((seed * 7919) + (31 * i)) % (i + 1);
                (pieces[i], pieces[other]) = (pieces[other], pieces[i]);
            }

            Bytes frames = new();
            foreach (Bytes piece in pieces)
            {
                frames.Raw(piece).U8(1).U8(0);
            }

            (QuicParser parser, RecordList records) = Start();
            parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys().Client, frames), TestFlow.At(1));
            return records is [ClientHelloRecord record] && record.Message.AsSpan().SequenceEqual(Hello);
        });

    [Fact]
    public void Packets_that_share_a_datagram_are_all_read()
    {
        InitialKeys keys = QuicDatagrams.Keys();
        (QuicParser parser, RecordList records) = Start();
        byte[] handshake = new Bytes().U8(0xE0).U32(1).U8(0).U8(0).U8(20).Repeat(7, 20).ToArray();

        parser.OnDatagram(
            Direction.FromOriginator,
            [
                .. handshake, .. QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(0, Hello.AsSpan(0, 50))),
                .. QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(50, Hello.AsSpan(50)), 1), 0, 0, 0,
            ],
            TestFlow.At(1));

        Assert.Equal("quic.example.test", Sni(Assert.Single(records)));
    }

    [Fact]
    public void Hello_behind_a_Retry_opens_with_keys_of_its_own()
    {
        (QuicParser parser, RecordList records) = Start();
        byte[] retry = new Bytes().U8(0xF0).U32(1).U8(0).Prefixed(8, new Bytes().Hex("f067a5502a4262b5")).Text("token").Repeat(1, 16).ToArray();

        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys().Client, QuicDatagrams.Crypto(0, Hello)), TestFlow.At(1));
        parser.OnDatagram(Direction.FromResponder, retry, TestFlow.At(2));
        InitialKeys second = QuicDatagrams.Keys(connectionId: "f067a5502a4262b5");
        parser.OnDatagram(
            Direction.FromOriginator, QuicDatagrams.Initial(second.Client, QuicDatagrams.Crypto(0, Hello), 1, destination: "f067a5502a4262b5"), TestFlow.At(3));
        parser.OnDatagram(Direction.FromResponder, QuicDatagrams.Initial(second.Server, QuicDatagrams.Crypto(0, Answer), destination: ""), TestFlow.At(4));

        Assert.Equal([typeof(ClientHelloRecord), typeof(ServerHelloRecord)], records.Select(static record => record.GetType()));
    }

    [Fact]
    public void Server_that_changes_to_version_2_is_followed()
    {
        (QuicParser parser, RecordList records) = Start();

        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys().Client, QuicDatagrams.Crypto(0, Hello)), TestFlow.At(1));
        parser.OnDatagram(
            Direction.FromResponder, QuicDatagrams.Initial(QuicDatagrams.Keys(Version2).Server, QuicDatagrams.Crypto(0, Answer), version: Version2, destination: ""), TestFlow.At(2));

        Assert.IsType<ServerHelloRecord>(records[1]);
    }

    [Fact]
    public void Server_packet_that_was_captured_first_is_read_when_the_keys_are_known()
    {
        InitialKeys keys = QuicDatagrams.Keys();
        (QuicParser parser, RecordList records) = Start();

        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Server, QuicDatagrams.Crypto(0, Answer), destination: ""), TestFlow.At(1));
        parser.OnDatagram(Direction.FromResponder, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(0, Hello)), TestFlow.At(2));

        Assert.Equal([Direction.FromResponder, Direction.FromOriginator], records.Select(static record => record.Direction));
        Assert.True(parser.IsDone);
    }

    [Fact]
    public void Packets_that_no_key_opens_are_given_up_in_words()
    {
        (QuicParser parser, RecordList records) = Start();
        byte[] foreign = QuicDatagrams.Initial(QuicDatagrams.Keys(connectionId: "0102030405060708").Client, QuicDatagrams.Crypto(0, Hello));

        for (int i = 1; i <= 20; i++)
        {
            parser.OnDatagram(Direction.FromOriginator, foreign, TestFlow.At(i));
        }

        Assert.True(parser.IsDone);
        Assert.Equal(AnomalyKind.QuicDecrypt, Assert.IsType<AnomalyRecord>(Assert.Single(records)).Kind);
    }

    [Fact]
    public void Hello_of_Google_in_the_clear_is_told()
    {
        (QuicParser parser, RecordList records) = Start();
        byte[] datagram = new Bytes().U8(0x0D).Repeat(1, 8).Text("Q043").U8(1).Repeat(2, 12).Raw(QuicDatagrams.GoogleHello("g.example.test", "Agent 1")).ToArray();

        Assert.True(QuicParser.Recognizes(datagram));
        parser.OnDatagram(Direction.FromOriginator, datagram, TestFlow.At(1));

        GoogleHelloRecord record = Assert.IsType<GoogleHelloRecord>(Assert.Single(records));
        Assert.Equal(("Q043", "g.example.test", "Agent 1"), (record.Version, record.Sni, record.UserAgent));
        Assert.True(parser.IsDone);
    }

    [Fact]
    public void Hello_of_Google_in_an_encrypted_packet_is_told()
    {
        (QuicParser parser, RecordList records) = Start();
        Bytes frames = new Bytes().U8(8).U8(0).U16(0x4000).Raw(QuicDatagrams.GoogleHello("q50.example.test", ""));

        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys(0x51303530).Client, frames, version: 0x51303530), TestFlow.At(1));

        Assert.Equal("q50.example.test", Assert.IsType<GoogleHelloRecord>(Assert.Single(records)).Sni);
    }

    public static TheoryData<string, byte[]> Foreign => new()
    {
        { "nothing", [] },
        { "short header", new Bytes().U8(0x40).Repeat(1, 30).ToArray() },
        { "no fixed bit", new Bytes().U8(0x80).U32(1).U8(0).U8(0).Repeat(1, 30).ToArray() },
        { "version negotiation", new Bytes().U8(0xC0).U32(0).U8(0).U8(0).U32(1).ToArray() },
        { "unknown version", new Bytes().U8(0xC0).U32(0x0A0B0C0D).U8(0).U8(0).ToArray() },
        { "connection id too long", new Bytes().U8(0xC0).U32(1).U8(21).Repeat(1, 40).ToArray() },
        { "ends inside the connection id", new Bytes().U8(0xC0).U32(1).U8(8).U16(1).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Datagram_of_something_else_is_not_recognised(string what, byte[] datagram) => Assert.False(QuicParser.Recognizes(datagram), what);

    [Fact]
    public void Damage_never_throws_and_a_hello_from_a_damaged_packet_is_told_as_such() =>
        Gen.Select(Gen.Int[0, 300], Gen.Byte, Gen.Int[0, 400], Gen.Byte.Array[0, 40]).Sample((at, value, length, garbage) =>
        {
            byte[] datagram = QuicDatagrams.Initial(QuicDatagrams.Keys().Client, QuicDatagrams.Crypto(0, Hello));
            datagram[at % datagram.Length] = value;
            (QuicParser parser, RecordList records) = Start();
            parser.OnDatagram(Direction.FromOriginator, datagram.AsSpan(0, Math.Min(length, datagram.Length)), TestFlow.At(1));
            parser.OnDatagram(Direction.FromResponder, garbage, TestFlow.At(2));
            _ = QuicParser.Recognizes(garbage);
            return records.Exists(static record => record is AnomalyRecord { Kind: AnomalyKind.QuicDecrypt })
                || records.TrueForAll(static record => record is ClientHelloRecord hello && hello.Message.AsSpan().SequenceEqual(Hello));
        });

    [Fact]
    public void Frames_of_any_bytes_never_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            (QuicParser parser, RecordList records) = Start();
            parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys().Client, new Bytes().U8(6).Raw(bytes)), TestFlow.At(1));
            return records.Count <= 2;
        });

    private static (QuicParser Parser, RecordList Records) Start()
    {
        RecordList records = [];
        return (new QuicParser(TestFlow.Udp(443), records), records);
    }

    private static string Sni(Record record)
    {
        Assert.True(ClientHello.TryParse(Assert.IsType<ClientHelloRecord>(record).Message, out ClientHello hello));
        return Encoding.ASCII.GetString(hello.Sni);
    }
}
