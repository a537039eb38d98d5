using Vittne.Protocols.Http;

namespace Vittne.Protocols.Tests.Http;

/// <summary>Inputs that other tools are known to get wrong, from the frames up.</summary>
public sealed class HttpCaseTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: x.test\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    [Fact]
    public void Request_that_is_recorded_behind_its_acknowledgment_is_no_gap()
    {
        string request = "GET /late HTTP/1.1\r\nHost: late.test\r\n\r\n";

        Assert.Equal(
            ["40000 GET http://late.test/late 200 text/plain 2"],
            new HttpCapture(40_000, 80).Handshake().Server(1, "", acknowledged: 1 + request.Length).Client(1, request)
                .Server(1, Ok, acknowledged: 1 + request.Length).Tell());
    }

    [Theory]
    [InlineData(80, 8080)]
    [InlineData(8080, 80)]
    public void Sides_are_told_by_content_when_both_ports_are_well_known_and_no_handshake_is_there(ushort client, ushort server) =>
        Assert.Equal(
            [$"{client} GET http://x.test/a 200 text/plain 20"],
            new HttpCapture(client, server).Client(1, Get).Server(1, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nHost: 1\r\nGET / HTTP/").Tell());

    [Fact]
    public void Capture_that_begins_with_an_answer_tells_both_transactions_and_turns_the_flow() =>
        Assert.Equal(
            ["40000 - 200 text/plain 2", "40000 GET http://x.test/a 200 text/plain 2"],
            new HttpCapture(40_000, 80).Server(1, Ok).Client(1, Get, acknowledged: 1 + Ok.Length).Server(1 + Ok.Length, Ok, acknowledged: 1 + Get.Length).Tell());

    [Fact]
    public void Two_lengths_are_told_the_first_counts_and_the_hidden_request_is_shown()
    {
        string hidden = "GET /hidden HTTP/1.1\r\nHost: x.test\r\n\r\n";
        string request = "POST /shown HTTP/1.1\r\nHost: x.test\r\nContent-Length: 16\r\nContent-Length: 200\r\n\r\n0123456789abcdef";

        Assert.Equal(
            ["http.content_length", "40000 POST http://x.test/shown 200 text/plain 2", "40000 GET http://x.test/hidden no response"],
            new HttpCapture(40_000, 80).Handshake().Client(1, request + hidden).Server(1, Ok).Tell());
    }

    [Fact]
    public void Heads_that_the_snap_length_cuts_tell_what_was_captured()
    {
        string second = Get.Replace("/a", "/b", StringComparison.Ordinal);

        Assert.Equal(
            ["40000 GET http://x.t/a 200 0", "40000 GET /b no response"],
            new HttpCapture(40_000, 80).Handshake().Client(1, Get, cut: 7).Server(1, Ok, cut: 20)
                .Client(1 + Get.Length, second, cut: 24).Server(1 + Ok.Length, "", acknowledged: 1 + (2 * Get.Length)).Tell());
    }

    [Fact]
    public void Request_whose_first_segment_holds_two_bytes_keeps_them() =>
        Assert.Equal(
            ["40000 GET http://x.test/a 200 text/plain 2"],
            new HttpCapture(40_000, 80).Handshake().Client(1, Get[..2]).Client(3, Get[2..]).Server(1, Ok).Tell());

    [Fact]
    public void Lost_response_does_not_hold_the_next_ones_back()
    {
        HttpCapture capture = new HttpCapture(40_000, 80).Handshake();
        for (int i = 0; i < 7; i++)
        {
            capture.Client(1 + (i * Get.Length), Get, acknowledged: 1 + (i * Ok.Length));
            if (i > 0)
            {
                capture.Server(1 + (i * Ok.Length), Ok, acknowledged: 1 + ((i + 1) * Get.Length));
            }
        }

        HttpTransactionRecord[] told = [.. capture.Records().OfType<HttpTransactionRecord>().Where(static record => record.HasResponse)];
        Assert.Equal((6, 10L), (told.Length, told[0].At.Number));
    }

    [Fact]
    public void Data_of_a_reset_belongs_to_the_response() =>
        Assert.Equal(
            ["40000 GET http://x.test/a 200 text/plain 2"],
            new HttpCapture(40_000, 80).Handshake().Client(1, Get).Server(1, Ok[..^1]).Server(Ok.Length, Ok[^1..], flags: 0x14, acknowledged: 1 + Get.Length).Tell());
}
