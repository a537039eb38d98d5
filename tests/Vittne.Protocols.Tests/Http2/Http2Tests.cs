using System.Text;
using CsCheck;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.Protocols.Http2;
using Vittne.Protocols.Sessions;
using Vittne.TestKit;
using static Vittne.Protocols.Tests.Http2.Http2Bytes;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Protocols.Tests.Http2;

public sealed class Http2Tests
{
    private static readonly ParserOptions Transactions = new() { EmitsTransactions = true };

    private static readonly byte[] Client =
    [
        .. Preface,
        .. Settings((1, 4096)),
        .. Headers(1, EndHeaders, ":method=POST", ":path=/form", ":authority=a.test", "+x-key=1"),
        .. Get(3, "/three"),
        .. PaddedData(1, EndStream, "q=1"),
        .. PaddedHeaders(5, EndStream, Block(":method=GET")),
        .. Continuation(5, EndHeaders, [.. Block(":path=/five"), 0xBE]),
        .. Frame(8, 0, 0, 0, 0, 1, 0),
    ];

    private static readonly byte[] Server =
    [
        .. Settings((3, 100), (4, 65535)),
        .. Headers(3, EndHeaders, ":status=200", "content-type=text/plain"),
        .. Headers(1, EndHeaders | EndStream, ":status=204"),
        .. Data(3, 0, "three "),
        .. Headers(5, EndHeaders, ":status=103"),
        .. Headers(5, EndHeaders, ":status=404"),
        .. Data(3, EndStream, "times"),
        .. Data(5, EndStream, ""),
    ];

    private static readonly string[] Expected =
    [
        "POST http://a.test/form 204 0",
        "GET http://a.test/three 200 text/plain 11",
        "GET /five 404 0",
    ];

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Recognition.Yes)]
    [InlineData("PRI * HT", Recognition.NeedMore)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nXX", Recognition.No)]
    [InlineData("POST /", Recognition.No)]
    [InlineData("\0\0\u0006\u0004\0\0\0\0\0\0\u0003\0\0\0d", Recognition.Yes)]
    [InlineData("\0\0\u0006\u0004\0\0\0\0\0\0", Recognition.NeedMore)]
    [InlineData("\0\0\0\u0004\0\0\0\0\0", Recognition.No)]
    [InlineData("\0\0\u0006\u0004\0\0\0\0\0\0\u0063\0\0\0d", Recognition.No)]
    public void Preface_and_the_settings_of_a_server_are_recognised(string start, Recognition expected) =>
        Assert.Equal(expected, Http2Parser.Recognizes(Encoding.Latin1.GetBytes(start)));

    [Fact]
    public void Requests_and_responses_of_interleaved_streams_are_told_as_those_of_http() =>
        Assert.Equal(Expected, Told(Parse(Client, Server)));

    [Fact]
    public void Hunting_gets_heads_and_bodies()
    {
        RecordList records = [];
        new StreamFeeder(new Http2Parser(TestFlow.Tcp(80), records, ParserOptions.Messages)).Client(Client).Server(Server).End();

        Assert.Equal(
            [
                "GET /three HTTP/2|host: a.test| [] True", "POST /form HTTP/2|host: a.test|x-key: 1| [q=1] True", "GET /five HTTP/2|x-key: 1| [] True",
                "1 HTTP/2 204| [] True", "2 HTTP/2 200|content-type: text/plain| [three times] True", "3 HTTP/2 404| [] True",
            ],
            records.Select(Line));
    }

    [Fact]
    public void Interim_statuses_belong_to_the_final_response()
    {
        HttpTransactionRecord told = Assert.Single(Parse(Client, Server).OfType<HttpTransactionRecord>(), static record => record.Depth == 3);
        Assert.Equal([103L], told.Interim);
    }

    [Fact]
    public void Crumbs_of_cookies_are_one_line_and_a_host_like_the_authority_stands_once()
    {
        byte[] request = Headers(1, EndStream | EndHeaders, ":method=GET", ":path=/", ":authority=a.test", "cookie=a=1", "host=A.test", "cookie=b=2");

        HttpTransactionRecord told = Assert.Single(Parse([.. Preface, .. request], []).OfType<HttpTransactionRecord>());
        Assert.Equal("GET / HTTP/2|host: A.test|cookie: a=1; b=2|", Lines(told.RequestHead));
    }

    [Fact]
    public void Stream_that_is_reset_is_told_without_what_did_not_come() =>
        Assert.Equal(
            ["GET http://a.test/r no response", "GET http://a.test/s 200 text/plain 2"],
            Told(Parse(
                [.. Preface, .. Get(1, "/r"), .. Reset(1), .. Get(3, "/s")],
                [.. Headers(3, EndHeaders, ":status=200"), .. Data(3, 0, "hi"), .. Reset(3)])));

    [Fact]
    public void Pushed_response_is_told_with_the_request_that_was_promised() =>
        Assert.Contains(
            "GET http://a.test/style 200 0",
            Told(Parse(
                [.. Preface, .. Get(1, "/")],
                [.. Promise(1, 2, ":method=GET", ":path=/style", ":authority=a.test"), .. Headers(2, EndHeaders | EndStream, ":status=200")])));

    [Fact]
    public void Missing_bytes_of_a_body_are_counted_and_what_follows_is_read()
    {
        RecordList records = [];
        Feeder(records)
            .Client([.. Preface, .. Get(1, "/"), .. Get(3, "/b")])
            .Server([.. Headers(1, EndHeaders, ":status=200"), .. Data(1, EndStream, "0123456789")[..12]])
            .Gap(Direction.FromResponder, 5)
            .Server([.. "89"u8, .. Headers(3, EndHeaders | EndStream, ":status=204")])
            .End();

        Assert.Equal(["GET http://a.test/ 200 text/plain 5 (5 missing)", "GET http://a.test/b 204 0"], Told(records));
        Assert.False(records.OfType<HttpTransactionRecord>().First().IsResponseComplete);
    }

    [Fact]
    public void Frames_are_found_again_behind_a_gap_and_lost_entries_are_not_guessed()
    {
        RecordList records = [];
        Feeder(records)
            .Client([.. Preface, .. Headers(1, EndHeaders | EndStream, ":method=GET", ":path=/a", "+x=lost")])
            .Gap(Direction.FromOriginator, 100)
            .Client([.. "middle of something"u8])
            .Client([.. Headers(5, EndHeaders | EndStream, ":method=GET", ":path=/c", "+y=new"), .. Frame(1, EndHeaders | EndStream, 7, [0x82, 0x84, 0xBE, 0xBF])])
            .End();

        Assert.Equal(
            ["GET /a HTTP/2|x: lost|", "GET /c HTTP/2|y: new|", "GET / HTTP/2|y: new|"],
            records.OfType<HttpTransactionRecord>().Select(static record => Lines(record.RequestHead)));
    }

    [Fact]
    public void Header_block_without_end_is_given_up_and_told_once()
    {
        byte[] flood = [.. Enumerable.Repeat(Continuation(1, 0, Block("a=b")), 1000).SelectMany(static frame => frame)];
        RecordList records = Parse([.. Preface, .. Headers(1, 0, ":method=GET"), .. flood, .. Get(3, "/next")], []);

        Assert.Equal(["http2.limit"], records.OfType<AnomalyRecord>().Select(static record => AnomalyNames.Name(record.Kind)));
        Assert.Equal(["GET http://a.test/next no response"], Told(records));
    }

    [Fact]
    public void Streams_at_a_time_are_bounded_and_all_are_told()
    {
        byte[] flood = [.. Preface, .. Enumerable.Range(0, 2000).SelectMany(static i => Get((2 * i) + 1, $"/{i}"))];
        RecordList records = Parse(flood, []);

        Assert.Equal(2000, records.OfType<HttpTransactionRecord>().Count());
        Assert.Equal(AnomalyKind.Http2Limit, Assert.Single(records.OfType<AnomalyRecord>()).Kind);
    }

    [Theory]
    [InlineData(3, 1, 5)]
    [InlineData(1, 0, 4)]
    [InlineData(8, 0, 5)]
    [InlineData(4, 2, 6)]
    public void Frame_that_cannot_be_ends_the_reading_of_its_side(int type, int stream, int length)
    {
        RecordList records = Parse([.. Preface, .. Get(1, "/"), .. Frame(type, 0, stream, new byte[length])], Server);
        Assert.Equal(AnomalyKind.Http2Frame, Assert.Single(records.OfType<AnomalyRecord>()).Kind);
    }

    [Fact]
    public void Upgrade_from_http_is_followed()
    {
        RecordList records = [];
        var stream = new ProtocolStream(TestFlow.Tcp(80), records, new ProtocolCounters(), Transactions);
        stream.OnData(Direction.FromOriginator, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n"u8, TestFlow.At(1));
        stream.OnData(
            Direction.FromResponder,
            [
                .. "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"u8, .. Settings((3, 100)),
                .. Headers(1, EndHeaders | EndStream, ":status=200"),
            ],
            TestFlow.At(2));
        stream.OnData(Direction.FromOriginator, [.. Preface, .. Settings(), .. Get(3, "/more")], TestFlow.At(3));
        stream.OnEnd(Direction.FromOriginator, TestFlow.At(4));
        stream.OnEnd(Direction.FromResponder, TestFlow.At(5));

        Assert.Equal(["GET http://a/ 101 0", "- 200 0", "GET http://a.test/more no response"], Told(records));
    }

    [Fact]
    public void Any_segmentation_gives_equal_records() =>
        Gen.Int[1, 60].Array[1, 6].Sample(lengths => Told(Parse(Client, Server, lengths)).SequenceEqual(Told(Parse(Client, Server))));

    [Fact]
    public void Damage_is_told_alike_whatever_the_cuts() =>
        Gen.Select(Gen.Int[0, Client.Length - 1], Gen.Byte, Gen.Int[1, 60].Array[1, 6]).Sample((at, value, lengths) =>
        {
            byte[] damaged = [.. Client];
            damaged[at] = value;
            RecordList whole = Parse(damaged, Server);
            RecordList cut = Parse(damaged, Server, lengths);
            return whole.OfType<AnomalyRecord>().Any(static record => record.Kind == AnomalyKind.Http2Frame) || Told(whole).SequenceEqual(Told(cut));
        });

    [Fact]
    public void Garbage_never_throws() =>
        Gen.Select(Gen.OneOf(Gen.Byte, Gen.Int[0, 9].Select(static i => (byte)i)).Array[0, 300], Gen.Int[1, 40].Array[1, 4]).Sample((bytes, lengths) =>
        {
            _ = Http2Parser.Recognizes(bytes);
            _ = Parse([.. Preface, .. bytes], bytes, lengths);
        });

    private static RecordList Parse(byte[] client, byte[] server, params int[] lengths)
    {
        RecordList records = [];
        Feeder(records).Cut(Direction.FromOriginator, client, lengths).Cut(Direction.FromResponder, server, lengths).End();
        return records;
    }

    private static StreamFeeder Feeder(RecordList records) => new(new Http2Parser(TestFlow.Tcp(80), records, Transactions));

    private static string[] Told(RecordList records) => [.. records.OfType<HttpTransactionRecord>().Select(static record => HttpSchema.Schema.Summarise(record))];

    private static string Line(Record record) => record switch
    {
        HttpRequestRecord request => $"{Lines(request.Head)} [{Encoding.Latin1.GetString(request.Body)}] {request.IsComplete}",
        HttpResponseRecord response => $"{response.Depth} {Lines(response.Head)} [{Encoding.Latin1.GetString(response.Body)}] {response.IsComplete}",
        _ => "",
    };

    private static string Lines(byte[] head) => Encoding.Latin1.GetString(head).Replace("\r\n", "|", StringComparison.Ordinal);
}
