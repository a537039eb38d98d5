using CsCheck;
using Vittne.Capture.Live;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Live;

public sealed class RingBlockTests
{
    private const uint VlanValid = 1 << 4;
    private const uint VlanTypeValid = 1 << 6;

    [Fact]
    public void Packets_of_a_block_come_in_order_with_time_and_length()
    {
        byte[] data = new RingBlockBuilder().Add([1, 2, 3]).Add(new byte[100]).Add([9]).ToArray();
        var block = new RingBlock(data);
        List<int> lengths = [];
        while (block.TryNext(data, out RingFrame frame, out int headersEnd, out int start))
        {
            Assert.Equal(1_700_000_000_123_456_789, frame.TimestampNs);
            Assert.True(headersEnd <= start);
            lengths.Add((int)frame.CapturedLength);
        }

        Assert.Equal([3, 100, 1], lengths);
        Assert.Equal(0u, block.Left);
    }

    [Fact]
    public void Block_that_promises_more_packets_than_it_holds_tells_how_many_are_lost()
    {
        byte[] data = new RingBlockBuilder().Add([1]).Add([2]).ToArray(count: 5);
        var block = new RingBlock(data);
        int seen = 0;
        while (block.TryNext(data, out _, out _, out _))
        {
            seen++;
        }

        Assert.Equal((2, 3u), (seen, block.Left));
    }

    [Fact]
    public void Any_bytes_are_walked_without_leaving_the_block_and_to_an_end()
    {
        byte[] whole = new RingBlockBuilder().Add([1, 2, 3], VlanValid).Add(new byte[40]).ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            byte[] data = whole[..length];
            if (at < length)
            {
                data[at] = value;
            }

            var block = new RingBlock(data);
            int steps = 0;
            while (block.TryNext(data, out RingFrame frame, out int headersEnd, out int start))
            {
                Assert.InRange(start, headersEnd, data.Length);
                Assert.InRange(frame.CapturedLength, 0u, (uint)(data.Length - start));
                int tagged = start;
                FrameHeaders.RestoreVlan(data, frame, headersEnd, ref tagged);
                FrameHeaders.WriteCooked(data, frame, headersEnd, ref start);
                Assert.True(++steps <= data.Length);
            }
        });
    }

    [Theory]
    [InlineData(VlanValid, 0, 0x8100)]
    [InlineData(VlanValid | VlanTypeValid, 0x88A8, 0x88A8)]
    public void Tag_that_the_kernel_took_out_is_put_back(uint status, ushort told, ushort written)
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, [7])));
        byte[] data = new RingBlockBuilder().Add(frame, status, vlanTag: 0x6064, vlanType: told).ToArray();
        var block = new RingBlock(data);
        Assert.True(block.TryNext(data, out RingFrame read, out int headersEnd, out int start));
        int added = FrameHeaders.RestoreVlan(data, read, headersEnd, ref start);

        byte[] expected = [.. frame[..12], .. Frames.UInt16(written), 0x60, 0x64, .. frame[12..]];
        Assert.Equal(expected, data.AsSpan(start, (int)read.CapturedLength + added).ToArray());
    }

    [Fact]
    public void Packet_without_a_tag_stays_as_it_is()
    {
        byte[] data = new RingBlockBuilder().Add(new byte[60], vlanTag: 5).ToArray();
        var block = new RingBlock(data);
        Assert.True(block.TryNext(data, out RingFrame read, out int headersEnd, out int start));

        Assert.Equal(0, FrameHeaders.RestoreVlan(data, read, headersEnd, ref start));
    }

    [Fact]
    public void Cooked_header_holds_what_the_kernel_told_and_the_tag_behind_it()
    {
        byte[] data = new RingBlockBuilder().Add([0x45, 1], VlanValid, vlanTag: 100, direction: 4, interfaceIndex: 0x0102).ToArray();
        var block = new RingBlock(data);
        Assert.True(block.TryNext(data, out RingFrame read, out int headersEnd, out int start));
        int added = FrameHeaders.WriteCooked(data, read, headersEnd, ref start);

        byte[] expected = [0x81, 0x00, 0, 0, 0, 0, 1, 2, 0, 1, 4, 6, 2, 0, 0, 0, 0, 9, 0, 0, 0, 100, 0x08, 0x00, 0x45, 1];
        Assert.Equal(expected, data.AsSpan(start, (int)read.CapturedLength + added).ToArray());
    }

    [Theory]
    [InlineData("eth0", 7)]
    [InlineData("eth0:1", 1)]
    [InlineData("gone", 0)]
    [InlineData(null, 8)]
    public void Drops_are_read_from_the_line_of_the_interface(string? name, long dropped)
    {
        const string table = "Inter-|   Receive\n face |bytes packets errs drop fifo\n  eth0: 10 5 0 7 0\neth0:1: 10 5 0 1 0\n";

        Assert.Equal(dropped, NetworkInterfaces.Dropped(table, name));
    }
}
