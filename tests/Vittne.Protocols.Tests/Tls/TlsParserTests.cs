using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Tls;
using Vittne.TestKit;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Protocols.Tests.Tls;

public sealed class TlsParserTests
{
    private static readonly byte[] ChangeCipherSpec = Hellos.Record(20, [1]);
    private static readonly byte[] Leaf = new Bytes().Repeat(0x30, 900).ToArray();
    private static readonly byte[] Issuer = new Bytes().Repeat(0x31, 1_200).ToArray();

    private static byte[] ServerFlight(int recordLength) => Hellos.HandshakeRecords(
        [
            .. Hellos.Server(0x0303, 0xC02F, null), .. Hellos.Certificates(Leaf, Issuer),
            .. Hellos.Message(12, new Bytes().Repeat(7, 300)).ToArray(), .. Hellos.Message(14, new Bytes()).ToArray(),
        ],
        recordLength);

    [Fact]
    public void Handshake_of_version_1_2_yields_hellos_and_chain()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Hellos.HandshakeRecords(Hellos.Client("www.example.test"))).Server(ServerFlight(16_384));
        feed.Client([.. Hellos.Record(22, Hellos.Message(16, new Bytes().Repeat(1, 66))), .. ChangeCipherSpec]);
        Assert.True(parser.IsDone(Direction.FromOriginator));
        Assert.False(parser.IsDone(Direction.FromResponder));
        feed.Server(ChangeCipherSpec);

        Assert.True(parser.IsDone(Direction.FromResponder));
        Assert.Collection(
            records,
            record => Assert.Equal(Hellos.Client("www.example.test"), Assert.IsType<ClientHelloRecord>(record).Message),
            record => Assert.Equal(Direction.FromResponder, Assert.IsType<ServerHelloRecord>(record).Direction),
            record => Assert.Equal([Leaf, Issuer], Assert.IsType<CertificateChainRecord>(record).Certificates));
    }

    [Fact]
    public void Version_1_3_is_over_with_the_ServerHello()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Hellos.HandshakeRecords(Hellos.Client("a.test")));
        feed.Server(Hellos.HandshakeRecords(Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304))));

        Assert.True(parser.IsDone(Direction.FromOriginator) && parser.IsDone(Direction.FromResponder));
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public void Second_hello_behind_a_retry_request_is_told_too()
    {
        (_, StreamFeeder feed, RecordList records) = Start();
        byte[] first = Hellos.HandshakeRecords(Hellos.Client("a.test"));

        feed.Client(first).Server([.. Hellos.HandshakeRecords(Hellos.RetryRequest()), .. ChangeCipherSpec]).Client([.. ChangeCipherSpec, .. first]);
        feed.Server(Hellos.HandshakeRecords(Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304))));

        Assert.Equal(
            [typeof(ClientHelloRecord), typeof(ServerHelloRecord), typeof(ClientHelloRecord), typeof(ServerHelloRecord)],
            records.Select(static record => record.GetType()));
    }

    [Fact]
    public void Two_hellos_without_a_retry_are_both_told()
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Client([.. Hellos.HandshakeRecords(Hellos.Client("a.test")), .. Hellos.HandshakeRecords(Hellos.Client("b.test"))]);

        Assert.Equal(["a.test", "b.test"], records.Select(Sni));
    }

    [Fact]
    public void Hello_in_SSLv2_framing_is_told_and_records_follow_it()
    {
        (_, StreamFeeder feed, RecordList records) = Start();
        Bytes message = new Bytes().U8(1).U16(0x0301).U16(6).U16(0).U16(16).U24(0x00002F).U24(0x010080).Repeat(5, 16);
        byte[] hello = new Bytes().U16(0x8000 | message.Length).Raw(message).ToArray();

        Assert.Equal(Recognition.Yes, TlsParser.Recognizes(hello));
        feed.Client(hello).Server(ServerFlight(16_384));

        ClientHelloRecord record = Assert.IsType<ClientHelloRecord>(records[0]);
        Assert.True(record.IsSslV2);
        Assert.True(SslV2ClientHello.TryParse(record.Message, out SslV2ClientHello read));
        Assert.Equal((0x0301, 6, 16), (read.Version, read.CipherSpecs.Length, read.Challenge.Length));
        Assert.False(ClientHello.TryParse(record.Message, out _));
        Assert.IsType<CertificateChainRecord>(records[2]);
    }

    [Fact]
    public void Any_cut_of_the_stream_gives_the_same_records()
    {
        byte[] client = Hellos.HandshakeRecords(Hellos.Client("cut.example.test"), 40);
        byte[] server = ServerFlight(333);
        RecordList whole = Run(client, server, [client.Length], [server.Length]);
        Assert.Equal(3, whole.Count);

        Gen.Select(Gen.Int[1, 400].Array[1, 6], Gen.Int[1, 400].Array[1, 6]).Sample(
            (clientCuts, serverCuts) => Run(client, server, clientCuts, serverCuts).Select(Text).SequenceEqual(whole.Select(Text)),
            iter: 200);
    }

    [Fact]
    public void One_byte_segments_call_the_parser_once_or_twice_a_record()
    {
        (_, StreamFeeder feed, _) = Start();

        feed.Cut(Direction.FromResponder, ServerFlight(16_384), 1);

        Assert.InRange(feed.Calls, 1, 4);
    }

    [Fact]
    public void Record_above_the_limit_is_an_anomaly_and_ends_the_direction()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Client([.. Hellos.HandshakeRecords(Hellos.Client("a.test")), 22, 3, 3, 0xFF, 0xFF, 0]);

        Assert.Equal(AnomalyKind.TlsLength, Assert.IsType<AnomalyRecord>(records[1]).Kind);
        Assert.True(parser.IsDone(Direction.FromOriginator));
    }

    [Fact]
    public void Message_above_the_limit_is_told_once_and_stepped_over()
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Server(Hellos.HandshakeRecords(new Bytes().U8(11).U24(300_000).Repeat(0, 300_000).Raw(Hellos.Server(0x0303, 1, null)), 16_000));

        Assert.Equal([typeof(AnomalyRecord), typeof(ServerHelloRecord)], records.Select(static record => record.GetType()));
    }

    [Fact]
    public void Second_hello_behind_an_empty_change_of_ciphers_is_told_when_only_the_client_was_captured()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();
        byte[] hello = Hellos.HandshakeRecords(Hellos.Client("a.test"));

        feed.Client(hello).Client([.. ChangeCipherSpec, .. hello]).Client([.. ChangeCipherSpec, .. Hellos.Record(22, new byte[40])]);

        Assert.Equal(2, records.Count);
        Assert.True(parser.IsDone(Direction.FromOriginator));
    }

    [Theory]
    [InlineData("220 go ahead\r\n")]
    [InlineData("S")]
    public void Answer_before_STARTTLS_does_not_hide_the_chain(string answer)
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Hellos.HandshakeRecords(Hellos.Client("a.test"))).Server(Encoding.ASCII.GetBytes(answer)).Server(ServerFlight(16_384));

        Assert.IsType<CertificateChainRecord>(records[^1]);
    }

    [Fact]
    public void Plain_text_instead_of_records_is_an_anomaly()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Hellos.HandshakeRecords(Hellos.Client("a.test"))).Server("HTTP/1.1 400 Bad Request\r\n"u8).End();

        Assert.Equal(AnomalyKind.TlsRecord, Assert.IsType<AnomalyRecord>(records[1]).Kind);
        Assert.True(parser.IsDone(Direction.FromResponder));
    }

    [Fact]
    public void After_a_gap_the_next_record_that_begins_a_segment_is_found()
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Server(ServerFlight(16_384).AsSpan(0, 200)).Gap(Direction.FromResponder, 1_000);
        feed.Server(new Bytes().Repeat(9, 700)).Server(Hellos.HandshakeRecords(Hellos.Certificates(Leaf)));

        Assert.Equal([Leaf], Assert.IsType<CertificateChainRecord>(records[^1]).Certificates);
    }

    [Fact]
    public void After_a_gap_without_records_the_direction_is_given_up_in_words()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Gap(Direction.FromResponder, 1);
        for (int i = 0; i < 20; i++)
        {
            feed.Server(new Bytes().Repeat(9, 100));
        }

        Assert.True(parser.IsDone(Direction.FromResponder));
        Assert.IsType<AnomalyRecord>(Assert.Single(records));
    }

    [Fact]
    public void Garbage_and_damage_never_throw() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.Byte, Gen.Byte.Array[0, 60], Gen.Int[1, 500]).Sample((at, value, garbage, cut) =>
        {
            byte[] server = [.. ServerFlight(700), .. garbage];
            server[at % server.Length] = value;
            (_, StreamFeeder feed, RecordList records) = Start();
            feed.Cut(Direction.FromResponder, server, cut).Cut(Direction.FromOriginator, garbage, 7).End();
            return records.Count < 10;
        });

    private static RecordList Run(byte[] client, byte[] server, int[] clientCuts, int[] serverCuts)
    {
        (_, StreamFeeder feed, RecordList records) = Start();
        feed.Cut(Direction.FromOriginator, client, clientCuts).Cut(Direction.FromResponder, server, serverCuts).End();
        return records;
    }

    private static (TlsParser Parser, StreamFeeder Feed, RecordList Records) Start()
    {
        RecordList records = [];
        var parser = new TlsParser(TestFlow.Tcp(443), records);
        return (parser, new StreamFeeder(parser), records);
    }

    private static string Sni(Record record)
    {
        Assert.True(ClientHello.TryParse(Assert.IsType<ClientHelloRecord>(record).Message, out ClientHello hello));
        return Encoding.ASCII.GetString(hello.Sni);
    }

    private static string Text(Record record) => record switch
    {
        ClientHelloRecord hello => $"client {Convert.ToHexString(hello.Message)}",
        ServerHelloRecord hello => $"server {Convert.ToHexString(hello.Message)}",
        CertificateChainRecord chain => $"chain {string.Join(' ', chain.Certificates.Select(Convert.ToHexString))}",
        AnomalyRecord anomaly => $"anomaly {anomaly.Kind} {anomaly.Detail}",
        _ => record.ToString(),
    };
}
