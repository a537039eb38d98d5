using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http;

public sealed class HttpParserTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: x.test\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    [Fact]
    public void Request_without_body_is_told_at_the_packet_that_completes_its_head()
    {
        RecordList records = [];
        HttpText.Feeder(records).Client(HttpText.Latin1(Get[..20])).Client(HttpText.Latin1(Get[20..])).Client(HttpText.Latin1(Get));

        Assert.Equal(2L, records[0].At.Number);
        Assert.Equal(3L, records[1].At.Number);
        Assert.Equal("GET /a HTTP/1.1\r\nHost: x.test\r\n", HttpText.Text(((HttpRequestRecord)records[0]).Head));
    }

    [Fact]
    public void Pipelined_requests_are_paired_with_their_responses_in_order() =>
        Assert.Equal(
            [
                "request 1 GET /a HTTP/1.1 [] whole",
                "request 2 HEAD /b HTTP/1.1 [] whole",
                "request 3 POST /c HTTP/1.1 [xyz] whole",
                "response 1 HTTP/1.1 200 OK [hi] whole to GET /a HTTP/1.1",
                "response 2 HTTP/1.1 200 OK [] whole to HEAD /b HTTP/1.1",
                "response 3 HTTP/1.1 100 Continue [] whole to POST /c HTTP/1.1",
                "response 3 HTTP/1.1 204 No Content [] whole to POST /c HTTP/1.1",
            ],
            HttpText.Tell(HttpText.Parse(
                Get + "HEAD /b HTTP/1.1\r\n\r\nPOST /c HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz",
                Ok + "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")));

    [Fact]
    public void Chunked_body_is_joined_and_extensions_and_trailers_are_dropped() =>
        Assert.Equal(
            ["request 1 GET /a HTTP/1.1 [] whole", "response 1 HTTP/1.1 200 OK [hello world] whole to GET /a HTTP/1.1"],
            HttpText.Tell(HttpText.Parse(
                Get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6;x=\"1\"\r\nhello \r\n05 \nworld\n0\r\nX: y\r\n\r\n")));

    [Fact]
    public void Response_without_length_goes_on_to_the_end() =>
        Assert.Equal("response 1 HTTP/1.0 200 [all of it] whole to GET /a HTTP/1.1", HttpText.Tell(HttpText.Parse(Get, "HTTP/1.0 200\r\n\r\nall of it"))[1]);

    [Fact]
    public void Bare_line_feeds_and_leading_empty_lines_are_accepted() =>
        Assert.Equal(
            ["request 1 GET / HTTP/1.1 [] whole", "request 2 GET /b HTTP/1.0 [] whole"],
            HttpText.Tell(HttpText.Parse("\r\n\nGET / HTTP/1.1\nHost: a\n\n\r\nGET /b HTTP/1.0\r\n\n")));

    [Fact]
    public void Answer_to_a_request_of_the_first_protocol_version_is_a_body_alone() =>
        Assert.Equal(
            ["request 1 GET /old [] whole", "response 1 - [HTML is here] whole to GET /old"],
            HttpText.Tell(HttpText.Parse("GET /old\r\n", "HTML is here", 2)));

    [Theory]
    [InlineData("GET /v\r\nHost: a\r\nX: b\r\n\r\n", "request 1 GET /v [] whole")]
    [InlineData("POST /HTTP/1.1\nContent-Length: 2\n\nhi", "request 1 POST /HTTP/1.1 [hi] whole")]
    [InlineData("GET /v\r\n\r\n", "request 1 GET /v [] whole")]
    public void Header_lines_behind_a_request_line_without_version_belong_to_it(string client, string expected)
    {
        foreach (int length in (int[])[1, 3, 8, 1000])
        {
            RecordList records = HttpText.Parse(client, "", length);
            Assert.Equal([expected], HttpText.Tell(records));
            HttpRequestRecord told = Assert.IsType<HttpRequestRecord>(records[0]);
            Assert.Equal(client.Contains("Host", StringComparison.Ordinal), HttpHead.TryParse(told.Head, out HttpHead head) && head.TryGetHeader("host"u8, out _));
        }
    }

    [Fact]
    public void Request_without_version_is_over_when_the_server_speaks()
    {
        RecordList records = [];
        HttpText.Feeder(records).Client("GET /old\n"u8).Server("HTML"u8).End();

        Assert.Equal(["request 1 GET /old [] whole", "response 1 - [HTML] whole to GET /old"], HttpText.Tell(records));
        Assert.Equal(2, records[0].At.Number);
    }

    [Fact]
    public void Response_before_any_request_is_told_without_one_and_the_next_pair_is_right()
    {
        RecordList records = [];
        HttpText.Feeder(records).Client(HttpText.Latin1(Ok)).Server(HttpText.Latin1(Get)).Client(HttpText.Latin1(Ok));

        Assert.Equal(
            ["response 0 HTTP/1.1 200 OK [hi] whole to -", "request 1 GET /a HTTP/1.1 [] whole", "response 1 HTTP/1.1 200 OK [hi] whole to GET /a HTTP/1.1"],
            HttpText.Tell(records));
    }

    [Fact]
    public void Sides_are_told_by_content_when_the_capture_begins_behind_the_handshake()
    {
        RecordList records = [];
        HttpText.Feeder(records).Server(HttpText.Latin1(Get)).Client(HttpText.Latin1("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nA: 1\r\nGET / HTTP/1.1"));

        Assert.Equal(
            ["request 1 GET /a HTTP/1.1 [] whole", "response 1 HTTP/1.1 200 OK [A: 1\r\nGET / HTTP/1.1] whole to GET /a HTTP/1.1"],
            HttpText.Tell(records));
    }

    [Fact]
    public void Differing_lengths_are_told_the_first_counts_and_the_hidden_request_is_shown() =>
        Assert.Equal(
            ["anomaly HttpContentLength", "request 1 POST / HTTP/1.1 [0123456789abcdef] whole", "request 2 GET /hidden HTTP/1.1 [] whole"],
            HttpText.Tell(HttpText.Parse(
                "POST / HTTP/1.1\r\nContent-Length: 16\r\nContent-Length: 200\r\n\r\n0123456789abcdefGET /hidden HTTP/1.1\r\n\r\n")));

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked", AnomalyKind.HttpSmuggling)]
    [InlineData("Transfer-Encoding : chunked", AnomalyKind.HttpSmuggling)]
    [InlineData("Transfer-Encoding: xchunked", AnomalyKind.HttpSmuggling)]
    [InlineData("Transfer-Encoding: chunked, identity, gzip", AnomalyKind.HttpSmuggling)]
    [InlineData("Content-Length: +4", AnomalyKind.HttpContentLength)]
    [InlineData("Content-Length: 4, 5", AnomalyKind.HttpContentLength)]
    [InlineData("Content-Length: 99999999999999999999", AnomalyKind.HttpContentLength)]
    public void Length_that_readers_could_differ_about_is_told(string headers, AnomalyKind expected) =>
        Assert.Equal(expected, HttpText.Parse($"POST / HTTP/1.1\r\n{headers}\r\n\r\n").OfType<AnomalyRecord>().First().Kind);

    [Theory]
    [InlineData("Content-Length: 4, 4")]
    [InlineData("Content-Length: 4\r\nContent-Length: 4")]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: identity")]
    public void Length_that_is_only_repeated_is_none_of_it(string headers) =>
        Assert.Equal(["request 1 POST / HTTP/1.1 [body] whole"], HttpText.Tell(HttpText.Parse($"POST / HTTP/1.1\r\n{headers}\r\n\r\nbody")));

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("20000000000001\r\n")]
    [InlineData("1\r\nab")]
    public void Broken_chunk_is_told_and_the_rest_of_the_flow_is_body(string chunk)
    {
        string[] told = HttpText.Tell(HttpText.Parse(Get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "rest"));

        Assert.Equal("anomaly HttpChunk", told[1]);
        Assert.EndsWith("rest] whole to GET /a HTTP/1.1", told[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Tunnel_hands_over_at_the_byte_behind_the_response()
    {
        RecordList records = [];
        StreamFeeder feeder = HttpText.Feeder(records)
            .Client(HttpText.Latin1("CONNECT a.test:443 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"))
            .Server(HttpText.Latin1("HTTP/1.1 200 Connected\r\nContent-Length: 9\r\n\r\nHTTP/1.1 404 x"));

        Assert.Equal("GET / HTTP/1.1\r\n\r\n", HttpText.Text(feeder.Rest(Direction.FromOriginator)));
        Assert.Equal("HTTP/1.1 404 x", HttpText.Text(feeder.Rest(Direction.FromResponder)));
        Assert.Equal(
            ["request 1 CONNECT a.test:443 HTTP/1.1 [] whole", "response 1 HTTP/1.1 200 Connected [] whole to CONNECT a.test:443 HTTP/1.1"],
            HttpText.Tell(records));
    }

    [Fact]
    public void Tunnel_whose_answer_is_not_in_the_capture_hands_over_at_bytes_that_are_no_request()
    {
        RecordList records = [];
        StreamFeeder feeder = HttpText.Feeder(records).Client(HttpText.Latin1("CONNECT a.test:443 HTTP/1.1\r\n\r\n\u0016\u0003\u0001"));

        Assert.Equal("\u0016\u0003\u0001", HttpText.Text(feeder.Rest(Direction.FromOriginator)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Bytes_in_a_tunnel_that_only_begin_like_a_request_are_looked_at_again(int cut)
    {
        RecordList records = [];
        HttpText.Feeder(records).Cut(Direction.FromOriginator, HttpText.Latin1("CONNECT a.test:25 HTTP/1.1\r\n\r\nEHLO x\r\n"), cut)
            .Server(HttpText.Latin1(Ok));

        Assert.Single(records);
    }

    [Fact]
    public void Refused_tunnel_goes_on_as_http()
    {
        RecordList records = [];
        HttpText.Feeder(records)
            .Client(HttpText.Latin1("CONNECT a.test:443 HTTP/1.1\r\n\r\n"))
            .Server(HttpText.Latin1("HTTP/1.1 407 Auth\r\nContent-Length: 2\r\n\r\nno"))
            .Client(HttpText.Latin1(Get));

        Assert.Equal("request 2 GET /a HTTP/1.1 [] whole", HttpText.Tell(records)[2]);
    }

    [Fact]
    public void Upgrade_hands_over_and_bytes_that_came_early_wait()
    {
        RecordList records = [];
        StreamFeeder feeder = HttpText.Feeder(records)
            .Client(HttpText.Latin1("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n\u0081early"))
            .Server(HttpText.Latin1("HTTP/1.1 101 Switching\r\n\r\n\u0081late"));

        Assert.Equal("\u0081early", HttpText.Text(feeder.Rest(Direction.FromOriginator)));
        Assert.Equal("\u0081late", HttpText.Text(feeder.Rest(Direction.FromResponder)));
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public void Switching_that_nobody_asked_for_is_an_interim_response() =>
        Assert.Equal(
            "response 1 HTTP/1.1 200 OK [hi] whole to GET /a HTTP/1.1",
            HttpText.Tell(HttpText.Parse(Get, "HTTP/1.1 101 Switching\r\n\r\n" + Ok))[2]);

    [Fact]
    public void Bytes_between_messages_are_told_once_and_the_next_message_is_found() =>
        Assert.Equal(
            [
                "request 1 GET /a HTTP/1.1 [] whole",
                "response 1 HTTP/1.1 200 OK [hi] whole to GET /a HTTP/1.1",
                "anomaly HttpStartLine",
                "response 0 HTTP/1.1 404 No [] whole to -",
            ],
            HttpText.Tell(HttpText.Parse(Get, Ok + " there\r\nmoreHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")));

    [Fact]
    public void Message_that_ends_with_the_capture_is_told_as_a_part()
    {
        RecordList records = [];
        HttpText.Feeder(records)
            .Client(HttpText.Latin1("GET /a HTTP/1.1\r\nHost: x")).End(Direction.FromOriginator)
            .Server(HttpText.Latin1(Ok[..^1])).End(Direction.FromResponder);

        Assert.Equal(
            ["request 1 GET /a HTTP/1.1 [] part", "response 1 HTTP/1.1 200 OK [h] part to GET /a HTTP/1.1"],
            HttpText.Tell(records));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Web_client_at_an_ssh_server_hands_over_to_the_banner(int cut)
    {
        RecordList records = [];
        StreamFeeder feeder = HttpText.Feeder(records).Client(HttpText.Latin1(Get)).Cut(Direction.FromResponder, HttpText.Latin1("SSH-2.0-x\r\n"), cut);

        Assert.Equal("SSH-2.0-x\r\n", HttpText.Text(feeder.Rest(Direction.FromResponder)));
        Assert.Single(records);
    }

    [Fact]
    public void Status_of_zero_is_one() =>
        Assert.Equal("response 1 HTTP/1.1 0 Odd [] whole to GET /a HTTP/1.1", HttpText.Tell(HttpText.Parse(Get, "HTTP/1.1 0 Odd\r\n\r\n"))[1]);

    [Fact]
    public void One_byte_segments_are_linear()
    {
        RecordList records = [];
        string head = $"GET / HTTP/1.1\r\nX: {new string('y', 20_000)}\r\n\r\n";
        HttpText.Feeder(records).Cut(Direction.FromOriginator, HttpText.Latin1(head), 1);

        Assert.Single(records);
    }
}
