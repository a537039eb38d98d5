using System.IO.Compression;
using Vittne.Packets;
using Vittne.Protocols.Http;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http;

public sealed class HttpTransactionTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: x.test\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    [Fact]
    public void Hunting_gets_no_transactions() => Assert.Empty(HttpText.Parse(Get, Ok).OfType<HttpTransactionRecord>());

    [Fact]
    public void Request_and_response_are_told_together_when_the_response_ends()
    {
        RecordList records = [];
        Feeder(records).Client(HttpText.Latin1(Get[..9])).Client(HttpText.Latin1(Get[9..])).Server(HttpText.Latin1(Ok[..^1])).Server(HttpText.Latin1("i"));

        HttpTransactionRecord told = Assert.Single(Transactions(records));
        Assert.Equal((4L, 1L, 2L, 3L), (told.At.Number, told.FirstPacket, told.RequestPacket, told.ResponsePacket));
        Assert.Equal(1_000_000, told.LatencyNs);
        Assert.Equal("GET http://x.test/a 200 text/plain 2", HttpSchema.Schema.Summarise(told));
    }

    [Fact]
    public void Fields_tell_what_the_heads_say_in_the_order_of_the_schema()
    {
        RecordList records = [];
        Feeder(records)
            .Client(HttpText.Latin1(
                "POST /f?q=1 HTTP/1.1\r\nHOST: Shop.Test:8080\r\nUser-Agent: ua/1\r\nReferer: http://r/\r\nOrigin: http://o\r\nX-Forwarded-For: 192.0.2.7\r\n"
                + "Accept-Language: sv\r\nVia: 1.1 p\r\nCookie: a=b\r\nAuthorization: Basic eDp5\r\nContent-Type: text/json\r\nContent-Length: 7\r\nX-Fold: a\r\n  b\r\n\r\n{\"a\":1}"))
            .Server(HttpText.Latin1(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 302 Over there\r\nLocation: /b\r\nServer: s\r\nContent-Type: text/plain\r\nContent-Disposition: inline\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n"));

        Assert.Equal(
            [
                "depth=1", "method=POST", "uri=/f?q=1", "version=HTTP/1.1", "host=Shop.Test:8080", "host_name=shop.test", "url=http://Shop.Test:8080/f?q=1",
                "user_agent=ua/1", "referer=http://r/", "origin=http://o", "x_forwarded_for=192.0.2.7", "accept_language=sv", "via=1.1 p", "cookie=a=b",
                "authorization_scheme=Basic",
                "request_headers=[[HOST Shop.Test:8080] [User-Agent ua/1] [Referer http://r/] [Origin http://o] [X-Forwarded-For 192.0.2.7] "
                + "[Accept-Language sv] [Via 1.1 p] [Cookie a=b] [Authorization Basic eDp5] [Content-Type text/json] [Content-Length 7] [X-Fold a b]]",
                "status=302", "reason=Over there", "response_version=HTTP/1.0", "interim=[100]", "location=/b", "server=s", "content_type=text/plain",
                "content_disposition=inline", "transfer_encoding=chunked", "request_content_type=text/json",
                "response_headers=[[Location /b] [Server s] [Content-Type text/plain] [Content-Disposition inline] [Transfer-Encoding chunked]]",
                "request_body_len=7", "response_body_len=6", "request_mime=application/json", "response_mime=text/html", "response_complete=true",
                "request_packet=1", "response_packet=2", "latency_ns=1000000",
            ],
            FieldLines.Of(HttpSchema.Schema, Transactions(records)[0]));
    }

    [Fact]
    public void Pipelined_requests_get_their_responses_in_order() =>
        Assert.Equal(
            ["GET http://x.test/a 200 text/plain 2", "HEAD /b 200 0", "POST /c 204 0"],
            Tell(Parse(
                Get + "HEAD /b HTTP/1.1\r\n\r\nPOST /c HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz",
                Ok + "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nHTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 No\r\n\r\n")));

    [Fact]
    public void Request_without_response_is_told_at_the_end_of_the_flow()
    {
        RecordList records = [];
        StreamFeeder feeder = Feeder(records).Client(HttpText.Latin1(Get)).End(Direction.FromOriginator);
        Assert.Empty(Transactions(records));

        feeder.End(Direction.FromResponder);
        FieldLines fields = FieldLines.Of(HttpSchema.Schema, Assert.Single(Transactions(records)));
        Assert.Equal("/a", fields.Value("uri"));
        Assert.Null(fields.Value("status"));
        Assert.Null(fields.Value("response_complete"));
        Assert.Equal("GET http://x.test/a no response", HttpSchema.Schema.Summarise(Transactions(records)[0]));
    }

    [Fact]
    public void Interim_response_without_a_final_one_is_told_with_its_request() =>
        Assert.Equal("[102]", FieldLines.Of(HttpSchema.Schema, Transactions(Parse(Get, "HTTP/1.1 102 Wait\r\n\r\n"))[0]).Value("interim"));

    [Fact]
    public void Request_that_goes_on_behind_the_end_of_the_responses_is_told_whole()
    {
        RecordList records = [];
        Feeder(records).Client(HttpText.Latin1(Get)).Server(HttpText.Latin1(Ok))
            .Client(HttpText.Latin1("POST /p HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nab")).End(Direction.FromResponder)
            .Client(HttpText.Latin1("cd")).Client(HttpText.Latin1(Get)).End(Direction.FromOriginator);

        Assert.Equal([0L, 4L, 0L], Transactions(records).Select(told => told.RequestBody.Length));
        Assert.Equal([true, false, false], Transactions(records).Select(told => told.HasResponse));
    }

    [Fact]
    public void Response_that_comes_before_its_request_ended_waits_for_it()
    {
        RecordList records = [];
        StreamFeeder feeder = Feeder(records).Client(HttpText.Latin1("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab"))
            .Server(HttpText.Latin1("HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n"));
        Assert.Empty(Transactions(records));

        feeder.Client(HttpText.Latin1("cd"));
        HttpTransactionRecord told = Assert.Single(Transactions(records));
        Assert.Equal(4, told.RequestBody.Length);
        Assert.Null(told.LatencyNs);
    }

    [Fact]
    public void Response_without_a_request_is_a_transaction_and_the_next_pair_is_right()
    {
        RecordList records = [];
        Feeder(records, isOriginatorKnown: false).Client(HttpText.Latin1(Ok)).Server(HttpText.Latin1(Get)).Client(HttpText.Latin1(Ok));

        Assert.Equal(["- 200 text/plain 2", "GET http://x.test/a 200 text/plain 2"], Tell(records));
        Assert.Equal([1, 2], Transactions(records).Select(told => told.Depth));
        Assert.All(Transactions(records), told => Assert.Equal((80, Direction.FromOriginator), (told.Flow.SourcePort, told.Direction)));
    }

    [Fact]
    public void Flow_whose_handshake_was_seen_is_not_turned()
    {
        RecordList records = [];
        Feeder(records).Server(HttpText.Latin1(Get)).Client(HttpText.Latin1(Ok));

        HttpTransactionRecord told = Assert.Single(Transactions(records));
        Assert.Equal((49_152, Direction.FromResponder), (told.Flow.SourcePort, told.Direction));
    }

    [Fact]
    public void Missing_bytes_of_a_body_are_counted()
    {
        RecordList records = [];
        Feeder(records).Client(HttpText.Latin1(Get)).Server(HttpText.Latin1("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab"))
            .Gap(Direction.FromResponder, 5).Server(HttpText.Latin1("hij" + Ok));

        HttpTransactionRecord told = Transactions(records)[0];
        Assert.Equal((5L, 5L, false), (told.ResponseBody.Length, told.ResponseBody.MissingLength, told.IsResponseComplete));
        Assert.Equal("GET http://x.test/a 200 text/plain 5 (5 missing)", HttpSchema.Schema.Summarise(told));
        Assert.Equal(2, Transactions(records).Count);
    }

    [Theory]
    [InlineData("GET /lost?x=1 HTTP/1.1\r\nHost: cut.te", "GET", "/lost?x=1", "HTTP/1.1", "cut.te")]
    [InlineData("GET /lost?x=1 HTTP", "GET", "/lost?x=1", null, null)]
    [InlineData("GET /lost?x", "GET", "/lost?x", null, null)]
    public void Head_that_a_gap_cuts_tells_what_is_there(string head, string method, string uri, string? version, string? host)
    {
        RecordList records = [];
        Feeder(records).Client(HttpText.Latin1(head)).Gap(Direction.FromOriginator, 200).Server(HttpText.Latin1("HTTP/1.1 404 Not"))
            .Gap(Direction.FromResponder, 99).Client(HttpText.Latin1(Get)).Server(HttpText.Latin1(Ok));

        FieldLines fields = FieldLines.Of(HttpSchema.Schema, Transactions(records)[0]);
        Assert.Equal(
            (method, uri, version, host, "404"),
            (fields.Value("method"), fields.Value("uri"), fields.Value("version"), fields.Value("host"), fields.Value("status")));
        Assert.Equal("GET http://x.test/a 200 text/plain 2", Tell(records)[^1]);
        Assert.Equal(2, Transactions(records).Count);
    }

    [Fact]
    public void Tunnel_and_upgrade_are_told()
    {
        FieldLines tunnel = FieldLines.Of(HttpSchema.Schema, Transactions(Parse("CONNECT a.test:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 Ok\r\n\r\n"))[0]);
        FieldLines upgrade = FieldLines.Of(
            HttpSchema.Schema, Transactions(Parse("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n"))[0]);

        Assert.Equal(("true", "a.test:443", "a.test", null), (tunnel.Value("connect"), tunnel.Value("url"), tunnel.Value("host_name"), tunnel.Value("host")));
        Assert.Equal(("websocket", "101", null), (upgrade.Value("upgrade"), upgrade.Value("status"), upgrade.Value("connect")));
    }

    [Fact]
    public void Answer_of_the_first_protocol_version_has_no_status()
    {
        HttpTransactionRecord told = Assert.Single(Transactions(Parse("GET /old\r\n", "<html>old")));

        Assert.Equal("GET /old - text/html 9", HttpSchema.Schema.Summarise(told));
        Assert.True(told.IsResponseComplete);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, deflate")]
    public void Coded_body_is_measured_decoded_whatever_the_cuts(string codings)
    {
        byte[] content = HttpText.Latin1("<html>" + new string('x', 200_000));
        byte[] body = content;
        foreach (string coding in codings.Split(", "))
        {
            body = Code(coding, body);
        }

        RecordList records = [];
        Feeder(records).Client(HttpText.Latin1(Get))
            .Cut(Direction.FromResponder, [.. HttpText.Latin1($"HTTP/1.1 200 OK\r\nContent-Encoding: {codings}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body], 1, 7, 100);

        HttpBodySummary told = Assert.Single(Transactions(records)).ResponseBody;
        Assert.Equal(new HttpBodySummary(body.Length, 0, content.Length, "text/html"), told);
    }

    [Fact]
    public void Coded_body_that_is_damaged_or_unknown_has_no_decoded_length()
    {
        HttpTransactionRecord damaged = Transactions(Parse(Get, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip at all"))[0];
        HttpTransactionRecord unknown = Transactions(Parse(Get, "HTTP/1.1 200 OK\r\nContent-Encoding: aes128gcm\r\n\r\nplain text"))[0];

        Assert.Equal(new HttpBodySummary(14, 0, null, null), damaged.ResponseBody);
        Assert.Equal(new HttpBodySummary(10, 0, null, null), unknown.ResponseBody);
    }

    [Fact]
    public void Requests_that_nobody_answers_are_told_before_they_are_too_many()
    {
        RecordList records = [];
        StreamFeeder feeder = Feeder(records);
        for (int i = 0; i < 300; i++)
        {
            feeder.Client(HttpText.Latin1(Get));
        }

        Assert.Equal(44, Transactions(records).Count);
        feeder.End();
        Assert.Equal(Enumerable.Range(1, 300), Transactions(records).Select(told => told.Depth));
    }

    [Theory]
    [InlineData("GET http://u:p@Proxy.Test/x HTTP/1.1\r\n\r\n", "Proxy.Test", "http://u:p@Proxy.Test/x")]
    [InlineData("GET http://a.test/x HTTP/1.1\r\nHost: b.test\r\n\r\n", "b.test", "http://a.test/x")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: b.test\r\n\r\n", "b.test", "http://b.test")]
    [InlineData("GET /?u=http://c/ HTTP/1.1\r\nHost: b.test\r\n\r\n", "b.test", "http://b.test/?u=http://c/")]
    [InlineData("GET /x HTTP/1.0\r\n\r\n", null, null)]
    public void Host_and_url_come_from_where_they_stand(string request, string? host, string? url)
    {
        FieldLines fields = FieldLines.Of(HttpSchema.Schema, Transactions(Parse(request))[0]);

        Assert.Equal((host, url), (fields.Value("host"), fields.Value("url")));
    }

    internal static StreamFeeder Feeder(RecordList records, bool isOriginatorKnown = true)
    {
        FlowIdentity flow = TestFlow.Tcp(80);
        flow = new FlowIdentity
        {
            Id = flow.Id,
            Source = flow.Source,
            Destination = flow.Destination,
            SourcePort = flow.SourcePort,
            DestinationPort = flow.DestinationPort,
            Protocol = flow.Protocol,
            IsOriginatorKnown = isOriginatorKnown,
        };
        return new StreamFeeder(new HttpParser(flow, records, new ParserOptions { EmitsTransactions = true }));
    }

    internal static RecordList Parse(string client, string server = "", params int[] lengths)
    {
        RecordList records = [];
        Feeder(records).Cut(Direction.FromOriginator, HttpText.Latin1(client), lengths).Cut(Direction.FromResponder, HttpText.Latin1(server), lengths).End();
        return records;
    }

    internal static string[] Tell(RecordList records) => [.. Transactions(records).Select(HttpSchema.Schema.Summarise)];

    private static List<HttpTransactionRecord> Transactions(RecordList records) => [.. records.OfType<HttpTransactionRecord>()];

    private static byte[] Code(string coding, byte[] content)
    {
        using var coded = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(coded, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(coded, CompressionLevel.Optimal),
            _ => new BrotliStream(coded, CompressionLevel.Optimal),
        })
        {
            stream.Write(content);
        }

        return coded.ToArray();
    }
}
