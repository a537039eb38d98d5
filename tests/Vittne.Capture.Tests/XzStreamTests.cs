using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CsCheck;
using Vittne.Capture.Sources;

namespace Vittne.Capture.Tests;

public sealed class XzStreamTests
{
    /// <summary>As liblzma 5.4 writes <see cref="Text"/>, preset 6, CRC-64.</summary>
    private static readonly byte[] ByPeer = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AcFAeVdADMciEaAnPNgBiJ1LcQgkRBeqAi4XWZqz6zzvE1Y67oEw+0zvyO0IV9sABFoaD+5Lk72Vt6p0ytTXAax"
        + "r+syiPxCfHYyEUaVDX8DJ2iSCTc5NLCaHkYIOxb/QVFj8qSU0kmHGpRstdlJsXEI1qkavOzCz2mlVmIOTUkgpv+uR8JGHA94c7hHTVeN0BQfWyM+jWq91wp+"
        + "WI9P9GP/zJwGPBbIcwgt2MVgaxZNlU/6vM5Da6s2tsHiFjRFUsBfjSlE8y7muV7kp+VhSlUlXTFFXouF7cEc4yF0MzAyNQxJ96A+4NWcFBtMFxpCyK5dRpTR"
        + "WEy+hhuRCVWKY+/cAnTNj0L7DMTMIDn5v/0tIQmJyV2ynLoA1UnPErPJuBUbpBR8E+P+H4knIyYvtfHCSajC5ZHX1P3C2eZrL1qyHjbeF7zbEmVAqPITBC6v"
        + "z8yEnaKky/sdM4OWyThY1DPmOJojFq0jNtwhi+s5y3k0hrxa24CGtWFpAduXhqTcfE8HsnxtUQb/Xhj/sWDvbzI1Vzqm8mAjPL8/ylqKnfUM4ddau1vWHsr5"
        + "I0SCc+imLrgo8+7VgpwsLkztePm9CqkgJfItkRQvJVUVQ71WysszdTaE/xdHBO7guyACIHeLGOLkRbI7xm20C2ogAAAAANP4tqfXPkLvAAGBBIYOAACNcZUh"
        + "scRn+wIAAAAABFla");

    private static byte[] Text =>
    [
        .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(static i => $"frame {i * 7919 % 1000} of {i}\n"))),
        .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 300))),
        .. Enumerable.Range(0, 256).Select(static i => (byte)i),
    ];

    [Fact]
    public void A_stream_of_the_reference_library_gives_its_text() => Assert.Equal(Text, Decompress(ByPeer));

    [Fact]
    public void Blocks_streams_and_padding_are_one_text() =>
        Assert.Equal("one two three", Encoding.ASCII.GetString(Decompress(
            [.. Stream(Block([.. Stored(1, "one "u8), .. Stored(2, "two "u8)])), 0, 0, 0, 0, .. Stream(), .. Stream(Block(Stored(1, "thr"u8)), Block(Stored(1, "ee"u8)))])));

    [Fact]
    public void Output_longer_than_the_dictionary_is_whole()
    {
        byte[] piece = [.. Enumerable.Range(0, 65_536).Select(static i => (byte)(i * 31))];
        byte[] whole = Decompress(Stream(Block([.. Stored(1, piece), .. Enumerable.Range(0, 120).SelectMany(_ => Stored(2, piece))])));
        Assert.Equal(121 * piece.Length, whole.Length);
        Assert.Equal(piece, whole[^piece.Length..]);
    }

    [Fact]
    public void A_block_that_does_not_begin_with_a_dictionary_is_damage() =>
        Assert.Throws<InvalidDataException>(() => Decompress(Stream(Block(Stored(2, "x"u8)))));

    [Fact]
    public void A_wrong_byte_in_the_content_is_damage()
    {
        byte[] damaged = Stream(Block(Stored(1, "content"u8)));
        damaged[12 + 12 + 3] ^= 1;
        Assert.Throws<InvalidDataException>(() => Decompress(damaged));
    }

    [Fact]
    public void A_dictionary_of_gigabytes_is_refused()
    {
        byte[] file = Stream(Block(Stored(1, "x"u8), dictionary: 40));
        Assert.Contains("needs", Assert.Throws<InvalidDataException>(() => Decompress(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_and_cuts_never_throw_anything_but_damage() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000]).Sample((at, value, length) =>
        {
            byte[] file = [.. ByPeer];
            file[at % file.Length] = value;
            try
            {
                Decompress(file[..(length % (file.Length + 1))]);
            }
            catch (Exception problem) when (Decompression.IsDamage(problem))
            {
            }
        });

    private static byte[] Decompress(byte[] file)
    {
        using var stream = new XzStream(new MemoryStream(file));
        var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }

    /// <summary>A chunk that is stored as it is; 1 begins a dictionary, 2 goes on.</summary>
    private static byte[] Stored(byte control, ReadOnlySpan<byte> text) => [control, (byte)((text.Length - 1) >> 8), (byte)(text.Length - 1), .. text];

    /// <summary>A block with CRC-32, its only filter LZMA2; 22 is a dictionary of 8 MiB, 16 one of 1 MiB.</summary>
    private static byte[] Block(byte[] chunks, byte dictionary = 16)
    {
        byte[] header = [2, 0, 0x21, 1, dictionary, 0, 0, 0];
        byte[] content = [.. chunks, 0];
        return [.. header, .. Number(Crc32.HashToUInt32(header)), .. content, .. new byte[-content.Length & 3], .. Number(Crc32.HashToUInt32(Content(chunks)))];
    }

    private static byte[] Content(byte[] chunks)
    {
        List<byte> content = [];
        for (int at = 0; at < chunks.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(chunks.AsSpan(at + 1)) + 1;
            content.AddRange(chunks.AsSpan(at + 3, length));
            at += 3 + length;
        }

        return [.. content];
    }

    private static byte[] Stream(params byte[][] blocks)
    {
        byte[] flags = [0, 1];
        byte[] index = [0, (byte)blocks.Length, .. blocks.SelectMany(static _ => (byte[])[1, 1])];
        index = [.. index, .. new byte[-index.Length & 3]];
        return
        [
            0xFD, .. "7zXZ"u8, 0, .. flags, .. Number(Crc32.HashToUInt32(flags)), .. blocks.SelectMany(static block => block),
            .. index, .. Number(Crc32.HashToUInt32(index)), .. new byte[4], .. new byte[4], .. flags, .. "YZ"u8,
        ];
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
