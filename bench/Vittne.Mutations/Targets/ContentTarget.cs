using System.IO.Compression;
using System.Text;
using Vittne.Packets;
using Vittne.Protocols;
using Vittne.Protocols.Http;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>Bodies with content codings: the first byte chooses them, the rest is the body, in chunks or with its length.</summary>
internal sealed class ContentTarget() : FuzzTarget("content")
{
    private static readonly string[] Codings = ["gzip", "deflate", "br", "gzip, gzip", "br, gzip", "zstd", "identity, deflate", "deflate, br"];

    private static readonly ParserOptions Everything = new() { EmitsTransactions = true };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] page = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<html><title>witness</title>", 40)));
        byte[] zeros = new byte[4 << 20];
        foreach (byte[] content in (byte[][])[page, zeros])
        {
            byte[] gzip = Pack(content, static stream => new GZipStream(stream, CompressionLevel.Fastest));
            yield return [0, .. gzip];
            yield return [8, .. gzip];
            yield return [1, .. Pack(content, static stream => new ZLibStream(stream, CompressionLevel.Fastest))];
            yield return [1, .. Pack(content, static stream => new DeflateStream(stream, CompressionLevel.Fastest))];
            yield return [2, .. Pack(content, static stream => new BrotliStream(stream, CompressionLevel.Fastest))];
            yield return [3, .. Pack(gzip, static stream => new GZipStream(stream, CompressionLevel.Fastest))];
        }
    }

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        if (input.Length == 0)
        {
            return;
        }

        byte[] body = input[1..];
        bool isChunked = (input[0] & 8) != 0;
        string coding = Codings[input[0] % Codings.Length];
        string framing = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        StreamParser parser = new HttpParser(TestFlow.Tcp(80), seen, Everything);
        var feeder = new StreamFeeder(parser);
        feeder.Client("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"u8);
        feeder.Server(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n{framing}\r\n\r\n"));
        if (isChunked)
        {
            feeder.Server(Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"));
        }

        feeder.Cut(Direction.FromResponder, body, 1460);
        feeder.Server("\r\n0\r\n\r\n"u8);
        feeder.End();
    }

    private static byte[] Pack(byte[] content, Func<Stream, Stream> open)
    {
        using var packed = new MemoryStream();
        using (Stream packer = open(packed))
        {
            packer.Write(content);
        }

        return packed.ToArray();
    }
}
