using CsCheck;
using Vittne.Protocols.Http;
using ZstdSharp;

namespace Vittne.Protocols.Tests.Http;

public sealed class HttpZstdTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 40_000).Select(static i => (byte)((i * i) >> 7))];

    private static readonly byte[] Packed = Pack(Content);

    [Fact]
    public void Body_is_decoded_up_to_the_bound()
    {
        Assert.True(TryDecode(Packed, 1 << 20, out byte[] decoded, out bool isWhole));
        Assert.True(isWhole);
        Assert.Equal(Content, decoded);
        Assert.True(TryDecode(Packed, 100, out decoded, out isWhole));
        Assert.False(isWhole);
        Assert.Equal(Content[..100], decoded);
    }

    [Fact]
    public void Cut_body_gives_a_beginning_and_garbage_no_harm()
    {
        Gen.Int[0, Packed.Length - 1].Sample(length =>
        {
            if (TryDecode(Packed[..length], 1 << 20, out byte[] decoded, out bool isWhole))
            {
                Assert.Equal(Content[..decoded.Length], decoded);
                Assert.False(isWhole);
            }
        });
        Gen.Select(Gen.Int[4, Packed.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] damaged = [.. Packed];
            damaged[at] = value;
            TryDecode(damaged, 1 << 16, out byte[] decoded, out _);
            Assert.InRange(decoded.Length, 0, 1 << 16);
        });
    }

    [Fact]
    public void Pieces_of_any_size_decode_to_the_same() => Gen.Int[1, 5_000].Sample(step =>
    {
        var kept = new Kept();
        using var stage = new HttpDecodingStage(HttpCoding.Zstd, kept);
        for (int at = 0; at < Packed.Length; at += step)
        {
            stage.Take(Packed.AsSpan(at, Math.Min(step, Packed.Length - at)));
        }

        Assert.False(stage.IsBroken);
        Assert.Equal(Content, kept.Bytes);
    });

    [Fact]
    public void Window_beyond_8_MiB_is_refused()
    {
        // Magic, descriptor without a content size, window descriptor: 2^(10 + 17) bytes; one raw block of a byte, the last.
        byte[] greedy = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3, 0x09, 0, 0, (byte)'a'];
        Assert.False(TryDecode(greedy, 100, out _, out _));
        greedy[5] = 13 << 3;
        Assert.True(TryDecode(greedy, 100, out byte[] decoded, out _));
        Assert.Equal("a"u8, decoded);
    }

    [Fact]
    public void Codings_of_several_lines_are_one_list()
    {
        Assert.True(HttpHead.TryParse("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Encoding: zstd\r\n\r\n"u8, out HttpHead head));
        Assert.True(HttpContentDecoder.TryDecode(head, Packed, Packed.Length, 1 << 20, out byte[] decoded, out _));
        Assert.Equal(Content, decoded);
    }

    private static bool TryDecode(byte[] body, int maxLength, out byte[] decoded, out bool isWhole)
    {
        Assert.True(HttpHead.TryParse("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n"u8, out HttpHead head));
        return HttpContentDecoder.TryDecode(head, body, body.Length, maxLength, out decoded, out isWhole);
    }

    private static byte[] Pack(byte[] content)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(content).ToArray();
    }

    private sealed class Kept : HttpContentTarget
    {
        private readonly List<byte> _bytes = [];

        public byte[] Bytes => [.. _bytes];

        public override void Take(ReadOnlySpan<byte> content) => _bytes.AddRange(content);
    }
}
