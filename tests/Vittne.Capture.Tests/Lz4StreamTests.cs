using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Vittne.Capture.Sources;
using Vittne.TestKit;

namespace Vittne.Capture.Tests;

public sealed class Lz4StreamTests
{
    private const byte Independent = 0x60;
    private const byte Linked = 0x40;

    /// <summary>As the lz4 program 1.9.4 writes <c>abcabcabcabcabcabcabcabcabcabc\n</c>.</summary>
    private static readonly byte[] ByPeer = PeerFrame();

    [Fact]
    public void A_frame_of_the_reference_program_gives_its_text() =>
        Assert.Equal("abcabcabcabcabcabcabcabcabcabc\n", Encoding.ASCII.GetString(Decompress(ByPeer)));

    [Fact]
    public void Stored_linked_legacy_skippable_and_following_frames_are_one_text()
    {
        byte[] match = [0x10, (byte)'e', 4, 0, 0x10, (byte)'!']; // e, then 4 bytes from 4 back: needs the block before
        byte[] file =
        [
            .. Frame(Linked, Block("abcd"u8, isStored: true), Block(match, isStored: false)),
            0x5A, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9,
            0x02, 0x21, 0x4C, 0x18, .. Block([0x20, (byte)'x', (byte)'y'], isStored: false),
            .. Frame(Independent, Block("z"u8, isStored: true)),
        ];
        Assert.Equal("abcdebcde!xyz", Encoding.ASCII.GetString(Decompress(file)));
    }

    [Theory]
    [InlineData(new byte[] { 0x10, (byte)'e', 0, 0, 0x10, (byte)'!' })] // distance 0
    [InlineData(new byte[] { 0x10, (byte)'e', 2, 0, 0x10, (byte)'!' })] // before the start
    [InlineData(new byte[] { 0x20, (byte)'e' })] // literals missing
    [InlineData(new byte[] { 0x10, (byte)'e', 1 })] // distance cut
    [InlineData(new byte[] { 0x10, (byte)'e', 1, 0 })] // ends with a match
    [InlineData(new byte[] { 0xF0, 255, 255 })] // endless length
    public void A_block_that_makes_no_sense_is_damage(byte[] block) =>
        Assert.Throws<InvalidDataException>(() => Decompress(Frame(Independent, Block(block, isStored: false))));

    [Fact]
    public void Damage_and_cuts_never_throw_anything_but_damage() =>
        Gen.Select(Gen.Int[0, 60], Gen.Byte, Gen.Int[0, 60]).Sample(
            (at, value, length) =>
            {
                byte[] frame = [.. ByPeer];
                frame[at % frame.Length] = value;
                try
                {
                    _ = Decompress(frame[..Math.Min(length, frame.Length)]);
                }
                catch (Exception problem) when (Decompression.IsDamage(problem))
                {
                    // Told in words by the reader.
                }
            },
            iter: 2_000);

    [Fact]
    public void A_capture_in_lz4_reads_like_the_plain_one()
    {
        var builder = new PcapBuilder();
        for (int index = 0; index < 400; index++)
        {
            builder.Add(index, new byte[300 + (index % 7)]);
        }

        byte[] plain = builder.ToArray();
        var blocks = new List<byte[]>();
        for (int at = 0; at < plain.Length; at += 1 << 16)
        {
            blocks.Add(Block(plain.AsSpan(at, Math.Min(1 << 16, plain.Length - at)), isStored: true));
        }

        byte[] compressed = Frame(Linked, [.. blocks]);
        Assert.Equal(Readback.OfBytes(plain).Lines, Readback.OfFile(compressed).Lines);
        Readback cut = Readback.OfBytes(compressed[..(compressed.Length - 100)]);
        Assert.Equal(ReadOutcome.Cut, cut.Outcome);
        Assert.InRange(cut.Packets.Count, 200, 400);
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var stream = new Lz4Stream(new MemoryStream(compressed));
        using var output = new MemoryStream();
        stream.CopyTo(output);
        return output.ToArray();
    }

    private static byte[] Block(ReadOnlySpan<byte> bytes, bool isStored)
    {
        byte[] block = new byte[4 + bytes.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(block, (uint)bytes.Length | (isStored ? 0x80000000 : 0));
        bytes.CopyTo(block.AsSpan(4));
        return block;
    }

    private static byte[] Frame(byte flags, params byte[][] blocks)
    {
        byte[] descriptor = [flags, 0x40];
        byte checksum = (byte)(System.IO.Hashing.XxHash32.HashToUInt32(descriptor) >> 8);
        return [0x04, 0x22, 0x4D, 0x18, .. descriptor, checksum, .. blocks.SelectMany(block => block), 0, 0, 0, 0];
    }

    private static byte[] PeerFrame() => Convert.FromHexString("04224D187440BD0D0000003F61626303000450636162630A5F81885200000000E7E1CDCA");
}
