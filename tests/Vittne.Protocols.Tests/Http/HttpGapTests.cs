using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http;

public sealed class HttpGapTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: x.test\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    [Fact]
    public void Gap_in_a_body_of_known_length_is_bridged()
    {
        RecordList records = [];
        HttpText.Feeder(records).Client(HttpText.Latin1(Get + Get))
            .Server(HttpText.Latin1("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")).Gap(Direction.FromResponder, 5).Server(HttpText.Latin1("hij" + Ok));

        Assert.Equal(
            ["response 1 HTTP/1.1 200 OK [ab] part to GET /a HTTP/1.1", "response 2 HTTP/1.1 200 OK [hi] whole to GET /a HTTP/1.1"],
            HttpText.Tell(records)[2..]);
    }

    [Fact]
    public void Gap_that_ends_with_the_body_leaves_the_next_message_where_it_is()
    {
        RecordList records = [];
        HttpText.Feeder(records)
            .Client(HttpText.Latin1("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n")).Gap(Direction.FromOriginator, 4).Client(HttpText.Latin1(Get));

        Assert.Equal(["request 1 POST / HTTP/1.1 [] part", "request 2 GET /a HTTP/1.1 [] whole"], HttpText.Tell(records));
    }

    [Fact]
    public void Gap_inside_a_chunk_is_bridged()
    {
        RecordList records = [];
        HttpText.Feeder(records)
            .Server(HttpText.Latin1("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nab")).Gap(Direction.FromResponder, 6)
            .Server(HttpText.Latin1("ij\r\n0\r\n\r\n" + Ok));

        Assert.Equal(["response 0 HTTP/1.1 200 OK [ab] part to -", "response 0 HTTP/1.1 200 OK [hi] whole to -"], HttpText.Tell(records));
    }

    [Theory]
    [InlineData("GET /lost HTTP/1.1\r\nHo", 10)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab", 5)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab", 0)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab", 4)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 7)]
    public void Behind_a_gap_over_a_border_the_next_message_at_a_segment_start_is_found(string before, long length)
    {
        RecordList records = [];
        HttpText.Feeder(records).Client(HttpText.Latin1(before)).Gap(Direction.FromOriginator, length)
            .Client(HttpText.Latin1("its middle\r\nGET /not HTTP/1.1\r\n\r\n")).Client(HttpText.Latin1(Get));

        Assert.EndsWith("GET /a HTTP/1.1 [] whole", HttpText.Tell(records)[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(HttpText.Tell(records), line => line.Contains("/not", StringComparison.Ordinal));
    }

    [Fact]
    public void Response_behind_lost_requests_is_paired_with_the_newest()
    {
        RecordList records = [];
        HttpText.Feeder(records).Client(HttpText.Latin1("GET /1 HTTP/1.1\r\n\r\n")).Gap(Direction.FromResponder, 500)
            .Client(HttpText.Latin1("GET /2 HTTP/1.1\r\n\r\n")).Server(HttpText.Latin1(Ok));

        Assert.EndsWith("to GET /2 HTTP/1.1", HttpText.Tell(records)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Gap_while_a_tunnel_is_awaited_hands_over()
    {
        RecordList records = [];
        StreamFeeder feeder = HttpText.Feeder(records)
            .Client(HttpText.Latin1("CONNECT a:443 HTTP/1.1\r\n\r\n")).Gap(Direction.FromResponder, 39).Client(HttpText.Latin1("\u0016\u0003"));

        Assert.Equal(2, feeder.Rest(Direction.FromOriginator).Length);
        Assert.Single(records);
    }
}
