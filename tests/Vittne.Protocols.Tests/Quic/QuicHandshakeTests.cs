using Vittne.Packets;
using Vittne.Protocols.Crypto;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Secrets;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Quic;

public sealed class QuicHandshakeTests
{
    private const string RetryId = "f067a5502a4262b5";

    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };
    private static readonly byte[] Answer = Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304));

    private static byte[] Hello => Hellos.Client(
        0x0303,
        [0x1301],
        new Bytes().Raw(Hellos.ServerName("quic.example.test")).Raw(Hellos.Alpn("h3")).Raw(Hellos.Versions(0x0304))
            .Raw(Hellos.Extension(0x39, new Bytes().U8(1).U8(2).U16(0x4100).U16(0x7129).U8(4).Text("Test"))));

    [Fact]
    public void Handshake_is_one_record_at_the_packet_that_completes_the_ClientHello()
    {
        InitialKeys keys = QuicDatagrams.Keys();
        byte[] hello = Hello;
        (QuicParser parser, RecordList records) = Start();

        // As a hello whose middle comes last.
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(0, hello.AsSpan(0, 40)), source: "aa"), TestFlow.At(1));
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(70, hello.AsSpan(70)), 1, source: "aa"), TestFlow.At(2));
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(40, hello.AsSpan(40, 30)), 2, source: "aa"), TestFlow.At(3));
        parser.OnDatagram(Direction.FromResponder, QuicDatagrams.Initial(keys.Server, QuicDatagrams.Crypto(0, Answer), destination: "aa", source: "0102"), TestFlow.At(4));

        QuicHandshakeRecord record = Assert.Single(records.OfType<QuicHandshakeRecord>());
        Assert.Equal((3, 1), (record.At.Number, record.FirstPacket));
        FieldList fields = FieldList.Of(QuicSchema.Schema, record);
        Assert.Equal(("1", "00000001", "quic.example.test", "h3"), (fields["version"], fields["version_id"], fields["sni"], fields["client_alpn"]));
        Assert.Equal((QuicDatagrams.ConnectionId, "aa", "0102"), (fields["initial_dcid"], fields["client_scid"], fields["server_scid"]));
        Assert.Equal(("TLS_AES_128_GCM_SHA256", "Test", "4"), (fields["cipher"], fields["user_agent"], fields["initial_packets"]));
        Assert.Equal(("1,12585", "4100,54657374"), (fields["transport_parameters.id"], fields["transport_parameters.hex"]));
        Assert.Null(fields["failed"]);
    }

    [Theory]
    [InlineData(0x1301, false)]
    [InlineData(0x1302, false)]
    [InlineData(0x1303, true)]
    public void Handshake_packets_are_opened_with_recorded_secrets(int suite, bool comesFirst)
    {
        byte[] secret = new Bytes().Repeat(7, suite == 0x1302 ? 48 : 32).ToArray();
        var secrets = new TlsSecrets();
        secrets.Add(System.Text.Encoding.ASCII.GetBytes($"SERVER_HANDSHAKE_TRAFFIC_SECRET {new string('1', 64)} {Convert.ToHexStringLower(secret)}\n"));
        Assert.True(BulkCipher.TryFind(Vittne.Protocols.Tls.CipherSuites.Name((ushort)suite), out BulkCipher cipher));
        byte[] flight =
        [
            .. Hellos.Message(8, new Bytes().Prefixed(16, Hellos.Alpn("h3"))).ToArray(),
            .. Hellos.Message(11, new Bytes().U8(0).Prefixed(24, new Bytes().Prefixed(24, new Bytes().Repeat(0x30, 200)).U16(0))).ToArray(),
            .. Hellos.Message(20, new Bytes().Repeat(1, 32)).ToArray(),
        ];
        byte[] packet = QuicDatagrams.Handshake(new PacketProtection(cipher, secret, isVersion2: false), QuicDatagrams.Crypto(0, flight));
        InitialKeys keys = QuicDatagrams.Keys();
        byte[] answer = QuicDatagrams.Initial(
            keys.Server, QuicDatagrams.Crypto(0, Hellos.Server(0x0303, suite, Hellos.Version(0x0304))), destination: "aa", source: "0102");
        var records = new RecordList();
        var parser = new QuicParser(TestFlow.Udp(443), records, Whole with { Secrets = secrets });

        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(keys.Client, QuicDatagrams.Crypto(0, Hello), source: "aa"), TestFlow.At(1));
        parser.OnDatagram(Direction.FromResponder, comesFirst ? packet : answer, TestFlow.At(2));
        parser.OnDatagram(Direction.FromResponder, comesFirst ? answer : packet, TestFlow.At(3));

        Assert.True(parser.IsDone);
        Assert.Equal("h3", FieldList.Of(QuicSchema.Schema, Assert.Single(records.OfType<QuicHandshakeRecord>()))["alpn"]);
        Assert.Equal(3, Assert.Single(records.OfType<Vittne.Protocols.X509.CertificateRecord>()).At.Number);
    }

    [Fact]
    public void Packet_protected_with_ChaCha20_is_as_published()
    {
        // RFC 9001 appendix A.5: the sample of its packet gives this mask.
        byte[] mask = new byte[5];
        byte[] sample = Convert.FromHexString("5e5cd55c41f69080575d7999c25a5bfb");
        new ChaCha20(Convert.FromHexString("25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4"))
            .Apply(System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(sample), sample.AsSpan(4), mask, mask);
        Assert.Equal("aefefe7d03", Convert.ToHexStringLower(mask));

        byte[] plain = new byte[1];
        Assert.True(new ChaChaPolyCipher(Convert.FromHexString("c6d98ff3441c3fe1b2182094f69caa2ed4b716b65488960a7a984979fb23e1c8")).TryOpen(
            Convert.FromHexString("e0459b3474bdd0e46d417eb0"), Convert.FromHexString("655e5cd55c41f69080575d7999c25a5bfb"), Convert.FromHexString("4200bff4"), plain));
        Assert.Equal(1, plain[0]);
    }

    [Fact]
    public void Retry_is_told_with_the_verdict_on_its_tag()
    {
        byte[] retry = Retry();
        (QuicParser parser, RecordList records) = Start();
        parser.OnDatagram(Direction.FromOriginator, QuicDatagrams.Initial(QuicDatagrams.Keys().Client, QuicDatagrams.Crypto(0, Hello.AsSpan(0, 40))), TestFlow.At(1));
        parser.OnDatagram(Direction.FromResponder, retry, TestFlow.At(2));
        parser.OnDatagram(
            Direction.FromOriginator,
            QuicDatagrams.Initial(QuicDatagrams.Keys(connectionId: RetryId).Client, QuicDatagrams.Crypto(0, Hello), 1, destination: RetryId),
            TestFlow.At(3));
        parser.OnEnd(TestFlow.At(4));

        FieldList fields = FieldList.Of(QuicSchema.Schema, Assert.Single(records.OfType<QuicHandshakeRecord>()));
        Assert.Equal(("true", "true", "quic.example.test"), (fields["retry"], fields["retry_tag_valid"], fields["sni"]));
        Assert.Equal(QuicDatagrams.ConnectionId, fields["initial_dcid"]);
    }

    [Fact]
    public void Packets_that_cannot_be_opened_and_unknown_versions_say_why()
    {
        byte[] unknown = new Bytes().U8(0xC0).U32(0x12345678).Prefixed(8, new Bytes().Repeat(1, 8)).Prefixed(8, new Bytes().Repeat(2, 4)).Repeat(0, 1_200).ToArray();
        byte[] foreign = QuicDatagrams.Initial(QuicDatagrams.Keys(connectionId: "00").Client, QuicDatagrams.Crypto(0, Hello));

        Assert.True(QuicParser.Recognizes(unknown, 443));
        Assert.False(QuicParser.Recognizes(unknown, 53));
        Assert.Equal(("version", "12345678", "0101010101010101"), Failure(unknown));
        Assert.Equal(("decrypt", "00000001", QuicDatagrams.ConnectionId), Failure(foreign));
        Assert.Equal(
            ("incomplete", "00000001", QuicDatagrams.ConnectionId),
            Failure(QuicDatagrams.Initial(QuicDatagrams.Keys().Client, QuicDatagrams.Crypto(0, Hello.AsSpan(0, 40)))));
    }

    [Fact]
    public void Handshake_of_Google_gives_a_record_without_fingerprints()
    {
        byte[] datagram = new Bytes().U8(0x09).Hex("0102030405060708").Text("Q043").U8(1).Repeat(0, 12)
            .Raw(QuicDatagrams.GoogleHello("old.example.test", "Chrome/61")).ToArray();
        (QuicParser parser, RecordList records) = Start();

        parser.OnDatagram(Direction.FromOriginator, datagram, TestFlow.At(1));

        FieldList fields = FieldList.Of(QuicSchema.Schema, Assert.Single(records.OfType<QuicHandshakeRecord>()));
        Assert.Equal(("Q043", "old.example.test", "Chrome/61", "0102030405060708"), (fields["version"], fields["sni"], fields["user_agent"], fields["initial_dcid"]));
        Assert.Null(fields["ja4"]);
    }

    // The key and nonce of version 1 (RFC 9001 section 5.8).
    private static byte[] Retry()
    {
        Bytes packet = new Bytes().U8(0xF0).U32(1).U8(0).Prefixed(8, new Bytes().Hex(RetryId)).Text("token");
        Bytes covered = new Bytes().Prefixed(8, new Bytes().Hex(QuicDatagrams.ConnectionId)).Raw(packet);
        byte[] tag = new byte[AesGcmCipher.TagLength];
        new AesGcmCipher(Convert.FromHexString("be0c690b9f66575a1d766b54e368c84e")).Seal(Convert.FromHexString("461599d35d632bf2239825bb"), [], covered, tag);
        return packet.Raw(tag).ToArray();
    }

    private static (string? Failed, string? Version, string? Id) Failure(byte[] datagram)
    {
        (QuicParser parser, RecordList records) = Start();
        parser.OnDatagram(Direction.FromOriginator, datagram, TestFlow.At(1));
        parser.OnEnd(TestFlow.At(2));
        FieldList fields = FieldList.Of(QuicSchema.Schema, Assert.Single(records.OfType<QuicHandshakeRecord>()));
        return (fields["failed"], fields["version_id"], fields["initial_dcid"]);
    }

    private static (QuicParser Parser, RecordList Records) Start()
    {
        RecordList records = [];
        return (new QuicParser(TestFlow.Udp(443), records, Whole), records);
    }
}
