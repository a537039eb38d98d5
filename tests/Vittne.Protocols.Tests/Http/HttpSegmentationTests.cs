using CsCheck;

namespace Vittne.Protocols.Tests.Http;

/// <summary>Records must not depend on how the bytes were cut into segments.</summary>
public sealed class HttpSegmentationTests
{
    private static readonly string[] ClientPieces =
    [
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nab\ncd",
        "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;e\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nT: x\r\n\r\n",
        "POST /d HTTP/1.1\r\nTransfer-Encoding: chunked\nContent-Length: 3\n\n0\n\n",
        "\r\n\r\n",
        "stray line\r\n",
        "HEAD /e HTTP/1.0\n\n",
        "GET /ws HTTP/1.1\r\nUpgrade: x\r\n\r\n",
        "GET /old\r\n",
        "CONNECT t:1 HTTP/1.1\r\n\r\n",
        "\u0000\u0001\u0002",
        "HTTP/1.1 200 OK\r\n\r\n",
    ];

    private static readonly string[] ServerPieces =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 204 No\r\n\r\n",
        "HTTP/1.1 101 Switch\r\nUpgrade: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz",
        "strayHTTP/1.",
        "\n",
        "HTTP/1.0 200\r\n\r\nuntil the end",
    ];

    private static readonly Gen<int[]> Cuts = Gen.Int[1, 40].Array[1, 6];

    [Fact]
    public void Any_segmentation_gives_equal_records() =>
        Gen.Select(Piece(ClientPieces).Array[0, 6], Piece(ServerPieces).Array[0, 6], Cuts).Sample((client, server, lengths) =>
            Agree(string.Concat(client), string.Concat(server), lengths));

    [Fact]
    public void Any_segmentation_of_damaged_streams_gives_equal_records() =>
        Gen.Select(Piece(ClientPieces).Array[1, 4], Piece(ServerPieces).Array[1, 4], Gen.Int[0, 200], Gen.Char['\0', '\u00ff'], Cuts)
            .Sample((client, server, at, value, lengths) =>
                Agree(Damage(string.Concat(client), at, value), Damage(string.Concat(server), at, value), lengths));

    [Fact]
    public void Garbage_is_taken_without_exception_whatever_the_cuts() =>
        Gen.Select(Gen.OneOf(Gen.Char['\0', '\u00ff'], Gen.Int[0, 5].Select(i => "\r\n :H1"[i])).Array[0, 300], Cuts).Sample((text, lengths) =>
            Agree("GET / HTTP/1.1\r\n\r\n" + new string(text), new string(text), lengths));

    private static Gen<string> Piece(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);

    private static bool Agree(string client, string server, int[] lengths)
    {
        string[] whole = HttpText.Tell(HttpText.Parse(client, server));
        string[] cut = HttpText.Tell(HttpText.Parse(client, server, lengths));
        return whole.SequenceEqual(cut)
            && HttpTransactionTests.Tell(HttpTransactionTests.Parse(client, server))
                .SequenceEqual(HttpTransactionTests.Tell(HttpTransactionTests.Parse(client, server, lengths)));
    }

    private static string Damage(string text, int at, char value) =>
        text.Length == 0 ? text : text.Remove(at % text.Length, 1).Insert(at % text.Length, value.ToString());
}
