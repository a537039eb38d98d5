using System.IO.Compression;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http;

public sealed class HttpLimitTests
{
    private const string Next = "GET /next HTTP/1.1\r\n\r\n";

    public static TheoryData<string, string, int> LargeHeads => new()
    {
        { "line", $"GET / HTTP/1.1\r\nA: {new string('x', 70_000)}\r\nB: c\r\n\r\n", 16 + HttpHead.MaxLineLength },
        { "request line", $"GET /{new string('x', 70_000)} HTTP/1.1\r\nB: c\r\n\r\n", HttpHead.MaxLineLength },
        { "head", $"GET / HTTP/1.1\r\n{string.Concat(Enumerable.Repeat($"A: {new string('x', 60_000)}\r\n", 6))}\r\n", HttpHead.MaxLength },
        { "headers", $"GET / HTTP/1.1\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 600))}\r\n", 16 + (6 * HttpHead.MaxHeaders) },
    };

    [Theory]
    [MemberData(nameof(LargeHeads))]
    public void Head_beyond_its_limits_is_cut_told_and_the_next_message_is_found(string what, string head, int length)
    {
        foreach (int cut in (int[])[1_000_000, 1_460])
        {
            RecordList records = HttpText.Parse(head + Next, "", cut);

            Assert.Equal(AnomalyKind.HttpHeaderLimit, Assert.IsType<AnomalyRecord>(records[0]).Kind);
            Assert.True(length == Assert.IsType<HttpRequestRecord>(records[1]).Head.Length, what);
            Assert.Equal("request 2 GET /next HTTP/1.1 [] whole", HttpText.Tell(records)[2]);
        }
    }

    [Fact]
    public void Long_body_is_told_with_its_first_64_kib_and_the_rest_is_stepped_over()
    {
        string body = new('x', 100_000);
        RecordList records = HttpText.Parse($"POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n{body}{Next}", "", 1_000);

        HttpRequestRecord request = Assert.IsType<HttpRequestRecord>(records[0]);
        Assert.Equal((64 << 10, false), (request.Body.Length, request.IsComplete));
        Assert.Equal("request 2 GET /next HTTP/1.1 [] whole", HttpText.Tell(records)[1]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("gzip, br")]
    public void Coded_body_is_decoded(string coding)
    {
        HttpResponseRecord response = Respond(coding.Replace("raw ", "", StringComparison.Ordinal), Encode(coding, HttpText.Latin1("hello, hello, hello")));

        Assert.Equal(("hello, hello, hello", true), (HttpText.Text(response.Body), response.IsComplete));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public void Bomb_grows_to_16_kib_and_no_further(string coding)
    {
        HttpResponseRecord response = Respond(coding, Encode(coding, new byte[20_000_000]));

        Assert.Equal(16 << 10, response.Body.Length);
        Assert.False(response.IsComplete);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip, gzip")]
    public void Body_that_cannot_be_decoded_is_told_as_it_came(string coding) =>
        Assert.Equal("\u0001not coded at all", HttpText.Text(Respond(coding, HttpText.Latin1("\u0001not coded at all")).Body));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Cut_coded_body_is_decoded_as_far_as_it_goes(string coding)
    {
        byte[] content = new byte[40_000];
        new Random(1).NextBytes(content.AsSpan(20_000));
        byte[] coded = Encode(coding, content);
        HttpResponseRecord response = Respond(coding, coded[..(coded.Length / 2)]);

        Assert.InRange(response.Body.Length, 1, 39_999);
        Assert.True(content.AsSpan().StartsWith(response.Body));
        Assert.False(response.IsComplete);
    }

    [Fact]
    public void Requests_without_answers_stay_bounded_and_pairing_stays_right()
    {
        string requests = string.Concat(Enumerable.Range(1, 400).Select(i => $"GET /{i} HTTP/1.1\r\n\r\n"));
        string responses = string.Concat(Enumerable.Repeat("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 400));
        HttpResponseRecord[] answers = [.. HttpText.Parse(requests, responses).OfType<HttpResponseRecord>()];

        Assert.Equal(Enumerable.Range(1, 400), answers.Select(answer => answer.Depth));
        Assert.Empty(answers[143].RequestHead);
        Assert.Equal("GET /145 HTTP/1.1\r\n", HttpText.Text(answers[144].RequestHead));
    }

    private static HttpResponseRecord Respond(string coding, byte[] body) =>
        HttpText.Parse("", $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n{HttpText.Text(body)}")
            .OfType<HttpResponseRecord>().Single();

    private static byte[] Encode(string codings, byte[] content)
    {
        foreach (string coding in codings.Split(", "))
        {
            using var coded = new MemoryStream();
            using (Stream stream = coding switch
            {
                "br" => new BrotliStream(coded, CompressionLevel.Optimal),
                "deflate" => new ZLibStream(coded, CompressionLevel.Optimal),
                "raw deflate" => new DeflateStream(coded, CompressionLevel.Optimal),
                _ => new GZipStream(coded, CompressionLevel.Optimal),
            })
            {
                stream.Write(content);
            }

            content = coded.ToArray();
        }

        return content;
    }
}
