using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Protocols.Secrets;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class TlsDecryptionTests
{
    // RFC 8448 section 3.
    private const string TraceHello =
        "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113031302010000910000000b000900000673657276"
        + "6572ff01000100000a00140012001d0017001800190100010101020103010400230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e"
        + "51c13cae4d5413691e529aaf2c002b0003020304000d0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c"
        + "00024001";

    private const string TraceAnswer =
        "020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e00330024001d0020c9828876112095fe66762bdb"
        + "f7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304";

    private const string TraceClientSecret = "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21";
    private const string TraceServerSecret = "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38";

    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };
    private static readonly byte[][] Keys = [.. Enumerable.Range(1, 4).Select(static i => new Bytes().Repeat(i, 32).ToArray())];
    private static readonly byte[] Request = [.. "GET /hidden HTTP/1.1\r\nHost: www.example.test\r\n\r\n"u8];
    private static readonly byte[] Response = [.. "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8];
    private static readonly byte[] Client = Hellos.HandshakeRecords(Hellos.Client("www.example.test"));
    private static readonly byte[] Server = Hellos.HandshakeRecords(Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304)));
    private static readonly byte[] Leaf = new Bytes().Repeat(0x30, 900).ToArray();

    private static byte[] Extensions => Hellos.Message(8, new Bytes().Prefixed(16, Hellos.Alpn("http/1.1"))).ToArray();

    private static byte[] Certificate => Hellos.Message(11, CertificateBody).ToArray();

    private static byte[] Finished => Hellos.Message(20, new Bytes().Repeat(9, 32)).ToArray();

    private static Bytes CertificateBody => new Bytes().U8(0).Prefixed(24, new Bytes().Prefixed(24, new Bytes().Raw(Leaf)).U16(0));

    [Fact]
    public void Published_trace_is_opened()
    {
        TlsSecrets secrets = Log("cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7", TraceClientSecret, TraceServerSecret,
            "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5", "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643");
        (ProtocolStream stream, RecordList records) = Start(secrets);

        stream.OnData(Direction.FromOriginator, Hellos.HandshakeRecords(Convert.FromHexString(TraceHello)), TestFlow.At(1));
        stream.OnData(Direction.FromResponder, Hellos.HandshakeRecords(Convert.FromHexString(TraceAnswer)), TestFlow.At(2));

        // The client's Finished, and the data of both sides.
        stream.OnData(
            Direction.FromOriginator,
            Convert.FromHexString("170303003575ec4dc238cce60b298044a71e219c56cc77b0517fe9b93c7a4bfc44d87f38f80338ac98fc46deb384bd1caeacab6867d726c40546"),
            TestFlow.At(3));
        Assert.True(Assert.Single(records.OfType<TlsHandshakeRecord>()).Handshake.IsEstablished);
        stream.OnData(
            Direction.FromOriginator,
            Convert.FromHexString(
                "1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4"),
            TestFlow.At(4));
        Assert.Empty(records.OfType<AnomalyRecord>());
    }

    [Fact]
    public void Records_are_sealed_by_the_tests_as_in_the_published_trace()
    {
        // The server's flight begins with its EncryptedExtensions: a stream cipher shows them in its first bytes.
        byte[] record = new RecordSealer(Convert.FromHexString(TraceServerSecret)).Seal(22, Convert.FromHexString("080000240022000a001400120"
            + "01d00170018001901000101010201030104001c0002400100000000"));

        Assert.StartsWith("d1ff334a56f5bff6594a07cc87b580233f500f45e489e7f33af35edf", Convert.ToHexStringLower(record.AsSpan(5)), StringComparison.Ordinal);
    }

    [Fact]
    public void Handshake_certificate_and_requests_are_told()
    {
        RecordList records = Run(ServerFlight(), ClientFlight());

        FieldList tls = FieldList.Of(TlsSchema.Schema, Assert.Single(records.OfType<TlsHandshakeRecord>()));
        CertificateRecord certificate = Assert.Single(records.OfType<CertificateRecord>());
        Assert.Equal(("http/1.1", "true", "CsioxfIF"), (tls["alpn"], tls["established"], tls["history"]));
        Assert.Equal(certificate.Presented.Certificate.Sha256, tls["cert_chain.sha256"]);
        Assert.Equal(["/hidden", "/hidden"], Uris(records));
        Assert.Equal("https://www.example.test/hidden", FieldList.Of(HttpSchema.Schema, records.OfType<HttpTransactionRecord>().First())["url"]);
        Assert.DoesNotContain(records.OfType<AnomalyRecord>(), static record => record.Kind != AnomalyKind.X509Der);
    }

    [Fact]
    public void Compressed_certificate_is_expanded()
    {
        byte[] body = CertificateBody.ToArray();
        using var zlib = new MemoryStream();
        using (var deflater = new System.IO.Compression.ZLibStream(zlib, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            deflater.Write(body);
        }

        byte[] brotli = new byte[4_096];
        Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(body, brotli, out int length));
        foreach ((int algorithm, byte[] compressed) in ((int, byte[])[])[(1, zlib.ToArray()), (2, brotli[..length])])
        {
            byte[] message = Hellos.Message(25, new Bytes().U16(algorithm).U24(body.Length).Prefixed(24, new Bytes().Raw(compressed))).ToArray();
            Assert.True(CompressedCertificate.TryExpand(message, out byte[]? expanded));
            Assert.Equal(Certificate, expanded);
            message[7]++;
            Assert.False(CompressedCertificate.TryExpand(message, out _));
        }
    }

    [Fact]
    public void Any_segmentation_gives_equal_records()
    {
        string whole = Tell(Run(ServerFlight(), ClientFlight()));

        Gen.Select(Gen.Int[1, 700].Array[1, 6], Gen.Int[1, 300].Array[1, 6])
            .Sample((server, client) => Tell(Run(ServerFlight(), ClientFlight(), server, client)) == whole, iter: 60);
    }

    [Fact]
    public void Record_that_cannot_be_opened_ends_its_direction_alone()
    {
        List<byte[]> server = ServerFlight();
        server[^1][^1] ^= 1;

        RecordList records = Run(server, ClientFlight());

        Assert.Equal(2, records.OfType<HttpTransactionRecord>().Count());
        AnomalyRecord anomaly = Assert.Single(records.OfType<AnomalyRecord>(), static record => record.Kind == AnomalyKind.TlsDecrypt);
        Assert.Equal(Direction.FromResponder, anomaly.Direction);
    }

    [Fact]
    public void Secrets_of_another_connection_change_nothing_but_an_anomaly()
    {
        string other = Convert.ToHexStringLower(new Bytes().Repeat(0x77, 32).ToArray());
        RecordList records = Run(ServerFlight(), ClientFlight(), secrets: Log(Random, other, other, other, other));

        Assert.Single(records.OfType<TlsHandshakeRecord>());
        Assert.Empty(records.OfType<HttpTransactionRecord>());
        Assert.Equal(2, records.OfType<AnomalyRecord>().Count(static record => record.Kind == AnomalyKind.TlsDecrypt));
    }

    [Fact]
    public void Without_secrets_nothing_is_opened_and_nothing_is_wrong()
    {
        RecordList records = Run(ServerFlight(), ClientFlight(), secrets: new TlsSecrets());

        Assert.Single(records.OfType<TlsHandshakeRecord>());
        Assert.Empty(records.OfType<HttpTransactionRecord>());
        Assert.Empty(records.OfType<AnomalyRecord>());
    }

    [Fact]
    public void Early_data_is_stepped_over()
    {
        byte[] client = Hellos.HandshakeRecords(Hellos.Client(
            0x0303, [0x1301], new Bytes().Raw(Hellos.ServerName("www.example.test")).Raw(Hellos.Extension(0x2A, new Bytes())).Raw(Hellos.Versions(0x0304))));
        List<byte[]> flight = ClientFlight();
        flight.Insert(0, Hellos.Record(23, new byte[100]));

        RecordList records = Run(ServerFlight(), flight, hello: client);

        Assert.Equal(2, Uris(records).Count);
        Assert.DoesNotContain(records.OfType<AnomalyRecord>(), static record => record.Kind == AnomalyKind.TlsDecrypt);
    }

    [Fact]
    public void Streams_nested_without_end_stop_at_a_bound()
    {
        // The same connection again inside its own data: the hello of the next layer is the request of this one.
        RecordSealer[] clients = [.. Enumerable.Range(0, 8).Select(static _ => new RecordSealer(Keys[0]))];
        RecordSealer[] servers = [.. Enumerable.Range(0, 8).Select(static _ => new RecordSealer(Keys[1]))];
        (ProtocolStream stream, RecordList records) = Start(Log());
        for (int depth = 0; depth < clients.Length; depth++)
        {
            stream.OnData(Direction.FromOriginator, Wrap(clients, depth, Client), TestFlow.At(1));
            stream.OnData(Direction.FromResponder, Wrap(servers, depth, Server), TestFlow.At(2));
            foreach ((RecordSealer sealer, byte[] key, RecordSealer[] all, Direction direction) in ((RecordSealer, byte[], RecordSealer[], Direction)[])
                [(servers[depth], Keys[3], servers, Direction.FromResponder), (clients[depth], Keys[2], clients, Direction.FromOriginator)])
            {
                byte[] finished = sealer.Seal(22, Finished);
                sealer.Use(key);
                stream.OnData(direction, Wrap(all, depth, finished), TestFlow.At(3));
            }
        }

        Assert.InRange(records.OfType<TlsHandshakeRecord>().Count(), 2, 5);
    }

    [Fact]
    public void Whatever_follows_the_hellos_does_no_harm() =>
        Gen.Select(Gen.Byte.Array[0, 400].Array[1, 6], Gen.Int[20, 24]).Sample(static (pieces, type) =>
        {
            (ProtocolStream stream, RecordList records) = Start(Log());
            stream.OnData(Direction.FromOriginator, Client, TestFlow.At(1));
            stream.OnData(Direction.FromResponder, Server, TestFlow.At(2));
            var server = new RecordSealer(Keys[1]);
            var client = new RecordSealer(Keys[0]);
            foreach (byte[] piece in pieces)
            {
                // Content that an attacker sealed with keys that he published, and records that nobody sealed.
                stream.OnData(Direction.FromResponder, server.Seal(type, piece, padding: piece.Length & 3), TestFlow.At(3));
                stream.OnData(Direction.FromOriginator, (piece.Length & 1) == 0 ? client.Seal(22, piece) : Hellos.Record(type, piece), TestFlow.At(4));
            }

            stream.OnEnd(Direction.FromOriginator, TestFlow.At(5));
            stream.OnEnd(Direction.FromResponder, TestFlow.At(5));
            return !records.OfType<AnomalyRecord>().Any(static record => record.Kind == AnomalyKind.ParserException);
        });

    private static string Random => Convert.ToHexStringLower(new Bytes().Repeat(0x11, 32).ToArray());

    private static TlsSecrets Log() => Log(Random, [.. Keys.Select(Convert.ToHexStringLower)]);

    private static TlsSecrets Log(string random, params string[] keys)
    {
        var secrets = new TlsSecrets();
        string[] labels = ["CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"];
        Assert.Equal(4, secrets.Add(Encoding.ASCII.GetBytes(string.Concat(labels.Zip(keys, (label, key) => $"{label} {random} {key}\n")))));
        return secrets;
    }

    private static (ProtocolStream Stream, RecordList Records) Start(TlsSecrets secrets)
    {
        var records = new RecordList();
        return (new ProtocolStream(TestFlow.Tcp(443), records, new ProtocolCounters(), Whole with { Secrets = secrets }), records);
    }

    private static List<byte[]> ServerFlight()
    {
        var sealer = new RecordSealer(Keys[1]);
        List<byte[]> flight = [Hellos.Record(20, [1]), sealer.Seal(22, [.. Extensions, .. Certificate.AsSpan(0, 300)], padding: 7), sealer.Seal(22, [.. Certificate.AsSpan(300), .. Finished])];
        sealer.Use(Keys[3]);
        flight.Add(sealer.Seal(23, Response));
        flight.Add(sealer.Seal(22, Hellos.Message(24, new Bytes().U8(0)).ToArray()));
        sealer.Update();
        flight.Add(sealer.Seal(23, Response));
        return flight;
    }

    private static List<byte[]> ClientFlight()
    {
        var sealer = new RecordSealer(Keys[0]);
        List<byte[]> flight = [Hellos.Record(20, [1]), sealer.Seal(22, Finished)];
        sealer.Use(Keys[2]);
        flight.Add(sealer.Seal(23, Request.AsSpan(0, 10)));
        flight.Add(sealer.Seal(23, Request.AsSpan(10), padding: 40));
        flight.Add(sealer.Seal(22, Hellos.Message(24, new Bytes().U8(1)).ToArray()));
        sealer.Update();
        flight.Add(sealer.Seal(23, Request));
        return flight;
    }

    /// <summary>The hellos, the server's handshake, all of the client, and the server's data, as in life.</summary>
    private static RecordList Run(
        List<byte[]> server, List<byte[]> client, int[]? serverCuts = null, int[]? clientCuts = null, TlsSecrets? secrets = null, byte[]? hello = null)
    {
        (ProtocolStream stream, RecordList records) = Start(secrets ?? Log());
        Feed(stream, Direction.FromOriginator, hello ?? Client, clientCuts);
        Feed(stream, Direction.FromResponder, [.. Server, .. server.Take(3).SelectMany(static record => record)], serverCuts);
        Feed(stream, Direction.FromOriginator, [.. client.SelectMany(static record => record)], clientCuts);
        Feed(stream, Direction.FromResponder, [.. server.Skip(3).SelectMany(static record => record)], serverCuts);
        stream.OnEnd(Direction.FromOriginator, TestFlow.At(9));
        stream.OnEnd(Direction.FromResponder, TestFlow.At(9));
        return records;
    }

    private static void Feed(ProtocolStream stream, Direction direction, ReadOnlySpan<byte> data, int[]? cuts)
    {
        for (int turn = 0; !data.IsEmpty; turn++)
        {
            int length = cuts is null ? data.Length : Math.Min(cuts[turn % cuts.Length], data.Length);
            stream.OnData(direction, data[..length], TestFlow.At(1));
            data = data[length..];
        }
    }

    private static byte[] Wrap(RecordSealer[] sealers, int depth, byte[] data)
    {
        for (int i = depth - 1; i >= 0; i--)
        {
            data = sealers[i].Seal(23, data);
        }

        return data;
    }

    private static List<string?> Uris(RecordList records) =>
        [.. records.OfType<HttpTransactionRecord>().Select(static record => FieldList.Of(HttpSchema.Schema, record)["uri"])];

    private static string Tell(RecordList records) => string.Join('\n', records.Select(static record => record switch
    {
        TlsHandshakeRecord tls => FieldList.Of(TlsSchema.Schema, tls)["history"] + FieldList.Of(TlsSchema.Schema, tls)["alpn"],
        HttpTransactionRecord http => FieldList.Of(HttpSchema.Schema, http)["uri"] + FieldList.Of(HttpSchema.Schema, http)["status"],
        _ => record.GetType().Name,
    }));
}
