using System.Text;
using CsCheck;
using Vittne.Protocols.Http2;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Http2;

/// <summary>Header blocks of RFC 7541 appendix C, and broken ones.</summary>
public sealed class HpackTests
{
    private readonly HpackDecoder _decoder = new();

    [Theory]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("a8eb10649cbf", "no-cache")]
    [InlineData("25a849e95ba97d7f", "custom-key")]
    [InlineData("25a849e95bb8e8b4bf", "custom-value")]
    [InlineData("6402", "302")]
    [InlineData("aec3771a4b", "private")]
    [InlineData("", "")]
    public void Huffman_code_is_that_of_the_appendix(string code, string text)
    {
        Span<byte> target = new byte[HpackHuffman.MaxLength(code.Length)];

        Assert.True(HpackHuffman.TryDecode(Convert.FromHexString(code), target, out int length));
        Assert.Equal(text, Encoding.ASCII.GetString(target[..length]));
    }

    [Theory]
    [InlineData("00ffff")]
    [InlineData("a8eb10649cbe")]
    [InlineData("ff")]
    [InlineData("fffffffc")]
    public void Huffman_code_with_a_wrong_filling_or_the_end_of_a_string_is_refused(string code) =>
        Assert.False(HpackHuffman.TryDecode(Convert.FromHexString(code), new byte[64], out _));

    [Fact]
    public void Requests_of_the_appendix_are_read_in_the_clear_and_coded()
    {
        byte[][] clear =
        [
            new Bytes().Hex("828684").Hex("410f").Text("www.example.com").ToArray(),
            new Bytes().Hex("828684be").Hex("5808").Text("no-cache").ToArray(),
            new Bytes().Hex("828785bf").Hex("400a").Text("custom-key").U8(12).Text("custom-value").ToArray(),
        ];
        byte[][] coded =
        [
            new Bytes().Hex("828684").Hex("418c").Hex("f1e3c2e5f23a6ba0ab90f4ff").ToArray(),
            new Bytes().Hex("828684be").Hex("5886").Hex("a8eb10649cbf").ToArray(),
            new Bytes().Hex("828785bf").Hex("4088").Hex("25a849e95ba97d7f").U8(0x89).Hex("25a849e95bb8e8b4bf").ToArray(),
        ];
        foreach (byte[][] blocks in new[] { clear, coded })
        {
            var decoder = new HpackDecoder();

            Assert.Equal("GET / HTTP/2|host: www.example.com|", Request(decoder, blocks[0]));
            Assert.Equal("GET / HTTP/2|host: www.example.com|cache-control: no-cache|", Request(decoder, blocks[1]));
            Assert.Equal("GET /index.html HTTP/2|host: www.example.com|custom-key: custom-value|", Request(decoder, blocks[2]));
        }
    }

    [Fact]
    public void Responses_of_the_appendix_push_older_entries_out_of_a_small_table()
    {
        const string Date = "Mon, 21 Oct 2013 20:13:21 GMT";
        const string Location = "https://www.example.com";
        byte[] first = new Bytes().Hex("3fe101").Hex("4803").Text("302").Hex("5807").Text("private").Hex("611d").Text(Date).Hex("6e17").Text(Location).ToArray();

        Assert.Equal($"HTTP/2 302|cache-control: private|date: {Date}|location: {Location}|", Response(_decoder, first));
        Assert.Equal($"HTTP/2 307|cache-control: private|date: {Date}|location: {Location}|", Response(_decoder, new Bytes().Hex("4803").Text("307").Hex("c1c0bf")));
        Assert.Equal(
            $"HTTP/2 200|cache-control: private|date: {Date[..^6]}22 GMT|location: {Location}|content-encoding: gzip|",
            Response(_decoder, new Bytes().Hex("88c1").Hex("611d").Text($"{Date[..^6]}22 GMT").Hex("c0").Hex("5a04").Text("gzip")));
    }

    [Theory]
    [InlineData("80", "index 0")]
    [InlineData("be", "index behind the tables")]
    [InlineData("ffffffffff7f", "integer without end")]
    [InlineData("4105", "text behind the end")]
    [InlineData("41", "no text")]
    [InlineData("418300ffff", "bad code")]
    [InlineData("3f", "size without end")]
    public void Broken_block_is_refused_what_stands_before_it_is_read(string broken, string why)
    {
        var head = new Http2HeadBuilder();

        Assert.False(_decoder.TryDecode(new Bytes().Hex("828684").Hex(broken), head), why);
        Assert.Equal("GET / HTTP/2|", Lines(head.BuildRequest()));
    }

    [Fact]
    public void Entries_that_were_lost_are_left_out_and_later_ones_keep_their_places()
    {
        Assert.Equal("GET / HTTP/2|a: 1|", Request(_decoder, [0x82, 0x84, .. Http2Bytes.Block("+a=1")]));
        _decoder.Lose();

        Assert.Equal("GET / HTTP/2|b: 2|", Request(_decoder, [0x82, 0x84, 0xBE, .. Http2Bytes.Block("+b=2")]));
        Assert.Equal("GET / HTTP/2|b: 2|", Request(_decoder, [0x82, 0x84, 0xBE, 0xBF]));
        // A literal whose name is lost takes its place in the table.
        Assert.Equal("GET / HTTP/2|b: 2|", Request(_decoder, new Bytes().Hex("8284").Hex("7f0001").Text("x").Hex("bebf")));
    }

    [Fact]
    public void Table_is_bounded_whatever_size_is_asked_for()
    {
        var table = new HpackTable();
        table.Resize(int.MaxValue);
        for (int i = 0; i < 10_000; i++)
        {
            table.Add(new HpackEntry([(byte)'n'], new byte[i % 100]));
        }

        int bytes = 0;
        for (int i = 1; table.TryGet(i, out HpackEntry entry); i++)
        {
            bytes += entry.Name.Length + entry.Value.Length + 32;
        }

        Assert.InRange(bytes, HpackTable.MaxBytes - 200, HpackTable.MaxBytes);
        table.Resize(0);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Head_stays_within_its_limits_when_one_entry_is_named_again_and_again()
    {
        string value = new('v', 4000);
        var head = new Http2HeadBuilder();

        Assert.True(_decoder.TryDecode([0x82, 0x84, .. Http2Bytes.Block($"+n={value}"), .. Enumerable.Repeat((byte)0xBE, 60_000)], head));
        Assert.True(head.IsCut);
        Assert.InRange(head.BuildRequest().Length, 100_000, 256 << 10);
    }

    [Fact]
    public void Line_breaks_in_fields_do_not_make_fields()
    {
        var head = new Http2HeadBuilder();
        Assert.True(_decoder.TryDecode(Http2Bytes.Block(":method=GE T", ":path=/a\r\nx: y", "n\n=v\0w"), head));

        Assert.Equal("GE_T /a  x: y HTTP/2|n : v w|", Lines(head.BuildRequest()));
        Assert.True(head.HasBadField);
    }

    [Fact]
    public void Garbage_is_read_to_an_end() =>
        Gen.OneOf(Gen.Byte, Gen.Int[0, 5].Select(i => (byte)(i * 0x33))).Array[0, 300].Sample(bytes =>
        {
            var head = new Http2HeadBuilder();
            _ = new HpackDecoder().TryDecode(bytes, head);
            _ = head.BuildRequest();
            _ = head.BuildResponse();
        });

    private static string Request(HpackDecoder decoder, ReadOnlySpan<byte> block)
    {
        var head = new Http2HeadBuilder();
        Assert.True(decoder.TryDecode(block, head));
        return Lines(head.BuildRequest());
    }

    private static string Response(HpackDecoder decoder, ReadOnlySpan<byte> block)
    {
        var head = new Http2HeadBuilder();
        Assert.True(decoder.TryDecode(block, head));
        return Lines(head.BuildResponse());
    }

    private static string Lines(byte[] head) => Encoding.Latin1.GetString(head).Replace("\r\n", "|", StringComparison.Ordinal);
}
