using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class TlsHandshakeTests
{
    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };
    private static readonly byte[] ChangeCipherSpec = Hellos.Record(20, [1]);
    private static readonly byte[] Data = Hellos.Record(23, new byte[40]);
    private static readonly byte[] Finished = Hellos.Record(22, new byte[40]);
    private static readonly byte[] Leaf = new Bytes().Repeat(0x30, 900).ToArray();
    private static readonly byte[] Client = Hellos.HandshakeRecords(Hellos.Client("www.example.test"));
    private static readonly byte[] Server13 = Hellos.HandshakeRecords(Hellos.Server(0x0303, 0x1301, new Bytes().Raw(Hellos.Version(0x0304)).Raw(KeyShare)));
    private static readonly byte[] ClientRest = [.. Hellos.Record(22, Hellos.Message(16, new Bytes().Repeat(1, 66))), .. ChangeCipherSpec, .. Finished];
    private static readonly byte[] ServerRest = [.. ChangeCipherSpec, .. Finished, .. Data];

    private static Bytes KeyShare => Hellos.Extension(0x33, new Bytes().U16(0x1D).Prefixed(16, new Bytes().Repeat(5, 32)));

    private static byte[] ServerFlight => Hellos.HandshakeRecords(
    [
        .. Hellos.Server(0x0303, 0xC02F, Hellos.Alpn("h2")), .. Hellos.Certificates(Leaf),
        .. Hellos.Message(12, new Bytes().U8(3).U16(0x17).Repeat(7, 300)).ToArray(), .. Hellos.Message(14, new Bytes()).ToArray(),
    ]);

    [Fact]
    public void Handshake_of_version_1_2_is_one_record_and_one_for_each_certificate()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Client).Server(ServerFlight).Client(ClientRest);
        Assert.Empty(records.OfType<TlsHandshakeRecord>());
        feed.Server(ServerRest);

        Assert.True(parser.IsDone(Direction.FromOriginator) && parser.IsDone(Direction.FromResponder));
        TlsHandshakeRecord record = Assert.Single(records.OfType<TlsHandshakeRecord>());
        Assert.Equal((4, 1), (record.At.Number, record.FirstPacket));
        FieldList fields = FieldList.Of(TlsSchema.Schema, record);
        Assert.Equal("TLSv1.2", fields["version"]);
        Assert.Equal("TLSv1.3,TLSv1.2", fields["client_versions"]);
        Assert.Equal("www.example.test", fields["sni"]);
        Assert.Equal("h2", fields["alpn"]);
        Assert.Equal("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", fields["cipher"]);
        Assert.Equal("c02f", fields["cipher_id"]);
        Assert.Equal("secp256r1", fields["curve"]);
        Assert.Equal("false", fields["resumed"]);
        Assert.Equal("true", fields["established"]);
        Assert.Equal("CsxknGIi", fields["history"]);
        CertificateRecord certificate = Assert.Single(records.OfType<CertificateRecord>());
        Assert.Equal(certificate.Presented.Certificate.Sha256, fields["cert_chain.sha256"]);
        Assert.Equal("900", FieldList.Of(X509Schema.Schema, certificate)["der_len"]);
        Assert.Equal(AnomalyKind.X509Der, Assert.Single(records.OfType<Vittne.Packets.Records.AnomalyRecord>()).Kind);
    }

    [Fact]
    public void Handshake_of_version_1_3_is_over_when_the_client_encrypts()
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Client).Server([.. Server13, .. ChangeCipherSpec, .. Data, .. Data]);
        Assert.Empty(records.OfType<TlsHandshakeRecord>());
        feed.Client([.. ChangeCipherSpec, .. Data]);

        FieldList fields = Single(records);
        Assert.Equal(("TLSv1.3", "x25519", "true", "CsiddID"), (fields["version"], fields["curve"], fields["established"], fields["history"]));
    }

    [Theory]
    [InlineData(false, "session_id")]
    [InlineData(true, "ticket")]
    public void Resumption_is_told_with_its_kind(bool hasTicket, string kind)
    {
        byte[] id = new Bytes().Repeat(9, 32).ToArray();
        byte[] client = Hellos.HandshakeRecords(Hello(id, hasTicket ? Hellos.Extension(0x23, new Bytes().Repeat(1, 100)) : new Bytes()));
        byte[] server = Hellos.HandshakeRecords(
            Hellos.Message(2, new Bytes().U16(0x0303).Repeat(0x22, 32).Prefixed(8, new Bytes().Raw(id)).U16(0xC02F).U8(0)).ToArray());
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Client(client).Server([.. server, .. ChangeCipherSpec, .. Finished]).Client([.. ChangeCipherSpec, .. Finished]);

        FieldList fields = Single(records);
        Assert.Equal(("true", kind), (fields["resumed"], fields["resumption"]));
    }

    [Fact]
    public void Second_hello_behind_a_retry_request_belongs_to_the_same_handshake()
    {
        (_, StreamFeeder feed, RecordList records) = Start();
        byte[] second = Hellos.HandshakeRecords(Hellos.Client(0x0303, [0x1301], new Bytes().Raw(Hellos.ServerName("www.example.test")).Raw(Hellos.Versions(0x0304))));

        feed.Client(Client).Server([.. Hellos.HandshakeRecords(Hellos.RetryRequest()), .. ChangeCipherSpec]).Client([.. ChangeCipherSpec, .. second]);
        feed.Server(Server13).Client(Data);

        FieldList fields = Single(records);
        Assert.Equal(("true", "1301,c02f", "CjiICsD"), (fields["hello_retry"], fields["client_ciphers"], fields["history"]));
        Assert.StartsWith("t13d02", fields["ja4"], StringComparison.Ordinal);
        Assert.StartsWith("t13d01", fields["ja4_second"], StringComparison.Ordinal);
    }

    [Fact]
    public void Hello_that_nobody_asked_for_is_told_for_itself_and_the_first_stays_that_of_the_flow()
    {
        (_, StreamFeeder feed, RecordList records) = Start();
        byte[] other = Hellos.HandshakeRecords(Hellos.Client(0x0303, [0x1301, 0xC030], Hellos.ServerName("other.example.test")));
        other[5 + 4 + 2] ^= 0xFF;

        feed.Client([.. Client, .. other]).Server(ServerFlight).Client(ClientRest).Server(ServerRest);

        Assert.Equal(
            ["other.example.test", "www.example.test"],
            records.OfType<TlsHandshakeRecord>().Select(static record => FieldList.Of(TlsSchema.Schema, record)["sni"]));
    }

    [Fact]
    public void Fatal_alert_ends_the_handshake_and_is_named()
    {
        (TlsParser parser, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Client).Server(Hellos.Record(21, [2, 40]));

        FieldList fields = Single(records);
        Assert.Equal(("handshake_failure", "server", "false"), (fields["last_alert"], fields["alerts.from"], fields["established"]));
        Assert.Null(fields["version"]);
        Assert.True(parser.IsDone(Direction.FromOriginator));
    }

    [Fact]
    public void Server_without_a_ClientHello_gives_a_record_too()
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Server([.. ServerFlight, .. ServerRest]).End();

        FieldList fields = Single(records);
        Assert.Equal(("TLSv1.2", "true"), (fields["version"], fields["established"]));
        Assert.Null(fields["ja3"]);
    }

    [Fact]
    public void Stream_that_ends_behind_the_hello_gives_a_record_at_the_packet_of_the_hello()
    {
        (_, StreamFeeder feed, RecordList records) = Start();

        feed.Client(Client).End();

        Assert.Equal(1, Assert.Single(records.OfType<TlsHandshakeRecord>()).At.Number);
    }

    [Fact]
    public void Server_that_answers_in_SSLv2_shows_its_certificate()
    {
        (_, StreamFeeder feed, RecordList records) = Start();
        Bytes hello = new Bytes().U8(1).U16(0x0002).U16(3).U16(0).U16(16).U24(0x010080).Repeat(5, 16);
        Bytes answer = new Bytes().U8(4).U8(0).U8(1).U16(2).U16(Leaf.Length).U16(3).U16(16).Raw(Leaf).U24(0x010080).Repeat(6, 16);

        feed.Client(new Bytes().U16(0x8000 | hello.Length).Raw(hello));
        feed.Cut(Direction.FromResponder, new Bytes().U16(0x8000 | answer.Length).Raw(answer), 7).End();

        Assert.Equal([Leaf], Assert.Single(records.OfType<CertificateChainRecord>()).Certificates);
        FieldList fields = Single(records);
        Assert.Equal(("SSLv2", "010080", "900"), (fields["version"], fields["client_ciphers"], fields["cert_chain.der_len"]));
    }

    [Fact]
    public void Any_cut_of_the_stream_gives_the_same_handshake() =>
        Gen.Select(Gen.Int[1, 400].Array[1, 6], Gen.Int[1, 400].Array[1, 6]).Sample((client, server) =>
        {
            (_, StreamFeeder feed, RecordList records) = Start();
            feed.Cut(Direction.FromOriginator, Client, client).Cut(Direction.FromResponder, ServerFlight, server);
            feed.Cut(Direction.FromOriginator, ClientRest, client).Cut(Direction.FromResponder, ServerRest, server).End();
            return records.OfType<CertificateRecord>().Count() == 1 && Single(records)["history"] == "CsxknGIi";
        });

    [Fact]
    public void Damage_never_throws_and_never_gives_two_handshakes() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.Byte, Gen.Int[1, 500]).Sample((at, value, cut) =>
        {
            byte[] server = [.. ServerFlight, .. ServerRest];
            server[at % server.Length] = value;
            (_, StreamFeeder feed, RecordList records) = Start();
            feed.Client(Client).Cut(Direction.FromResponder, server, cut).Client(ClientRest).End();
            return records.OfType<TlsHandshakeRecord>().Count() == 1;
        });

    [Fact]
    public void Protocol_of_the_port_is_told_when_plain_text_came_first()
    {
        RecordList records = [];
        var stream = new ProtocolStream(TestFlow.Tcp(5222), records, new ProtocolCounters(), Whole);

        stream.OnData(Direction.FromOriginator, "<stream:stream to='example.test'>"u8, TestFlow.At(1));
        stream.OnData(Direction.FromResponder, "<proceed/>"u8, TestFlow.At(2));
        stream.OnData(Direction.FromOriginator, Client, TestFlow.At(3));
        stream.OnData(Direction.FromResponder, ServerFlight, TestFlow.At(4));
        stream.OnData(Direction.FromResponder, ServerRest, TestFlow.At(5));

        Assert.Equal("xmpp", Single(records)["starttls"]);
    }

    [Fact]
    public void Messages_alone_are_told_when_nobody_asks_for_handshakes()
    {
        RecordList records = [];
        var feed = new StreamFeeder(new TlsParser(TestFlow.Tcp(443), records, ParserOptions.Messages));

        feed.Client(Client).Server(ServerFlight).Client(ClientRest).Server(ServerRest).End();

        Assert.Equal([typeof(ClientHelloRecord), typeof(ServerHelloRecord), typeof(CertificateChainRecord)], records.Select(static record => record.GetType()));
    }

    private static byte[] Hello(byte[] sessionId, Bytes extensions) =>
        Hellos.Message(
            1, new Bytes().U16(0x0303).Repeat(0x11, 32).Prefixed(8, new Bytes().Raw(sessionId)).Prefixed(16, new Bytes().U16(0xC02F)).U8(1).U8(0).Prefixed(16, extensions))
            .ToArray();

    private static FieldList Single(RecordList records) => FieldList.Of(TlsSchema.Schema, Assert.Single(records.OfType<TlsHandshakeRecord>()));

    private static (TlsParser Parser, StreamFeeder Feed, RecordList Records) Start()
    {
        RecordList records = [];
        var parser = new TlsParser(TestFlow.Tcp(443), records, Whole);
        return (parser, new StreamFeeder(parser), records);
    }
}
