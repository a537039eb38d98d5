using Vittne.Capture.Live;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Live;

public sealed class LiveGroupTests
{
    private const int SmallRing = 1 << 20;

    // The kernel closes a block every 10 ms, full or not, and nobody reads while all is sent: room for a busy machine's second.
    private const int LongRing = 32 << 20;

    [Fact]
    public void Several_rings_give_each_packet_once_and_in_order() => Run(() =>
    {
        byte[][] frames = [.. Enumerable.Range(0, 600).Select(static i => Frames.Ethernet(Frames.Ipv4(17, Frames.Udp((ushort)(1_000 + (i % 97)), 53, [(byte)i, (byte)(i >> 8)]))))];
        using ILiveSource live = LiveSource.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = LongRing, Rings = 3 });
        Send(frames);
        List<byte[]> packets = ReadAll(live, frames.Length);

        // A ring that the kernel kept from its turn for longer than the merge waits is told, not lost.
        Assert.Equal(frames.Select(Convert.ToHexString).Order(StringComparer.Ordinal), packets.Select(Convert.ToHexString).Order(StringComparer.Ordinal));
        Assert.True(live.OutOfOrder > 0 || frames.Zip(packets).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second)));
        Assert.Equal(3L * LongRing, live.RingLength);
        LiveCounters counters = live.Counters();
        Assert.Equal((600L, 600L, 0L), (counters.Captured, counters.Received, counters.DroppedByKernel));
    });

    [Fact]
    public void Fragments_are_handed_over_as_they_were_on_the_wire() => Run(() =>
    {
        byte[] datagram = Frames.Udp(1_000, 53, new byte[1_600]);
        byte[][] frames =
        [
            Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 17, datagram[..800], fragment: 0x2000)),
            Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 17, datagram[800..], fragment: 100)),
        ];
        using ILiveSource live = LiveSource.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing, Rings = 2 });
        Send(frames);

        Assert.Equal(frames, ReadAll(live, frames.Length));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Interface_that_was_down_is_waited_for(int rings) => Run(() =>
    {
        var options = new LiveCaptureOptions { RingLength = SmallRing, Rings = rings, WaitsForReturn = true };
        using ILiveSource live = LiveSource.Open(NetworkNamespace.Receiving, options);
        Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Receiving} down"));
        WaitUntil(live, () => live.Interruption is not null);
        Assert.Equal("went down", live.Interruption);

        Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Receiving} up"));
        WaitUntil(live, () => live.Interruption is null);
        Send([Frames.Ethernet([1])]);
        Assert.Single(ReadAll(live, 1));
        Assert.Null(live.Failure);
    });

    [Fact]
    public void Interface_that_was_removed_and_made_again_is_read_on() => Run(() =>
    {
        using ILiveSource live = LiveSource.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing, WaitsForReturn = true });
        Assert.True(NetworkNamespace.Ip($"link delete {NetworkNamespace.Sending}"));
        WaitUntil(live, () => live.Interruption is not null);
        Assert.Equal("was removed", live.Interruption);

        Assert.True(NetworkNamespace.Ip($"link add {NetworkNamespace.Sending} type veth peer name {NetworkNamespace.Receiving}"));
        Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Sending} addrgenmode none arp off up"));
        Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Receiving} addrgenmode none arp off up"));
        WaitUntil(live, () => live.Interruption is null);
        Send([Frames.Ethernet([7])]);
        Assert.Equal(7, Assert.Single(ReadAll(live, 1))[14]);
        Assert.Null(live.Failure);
    });

    private static void Run(Action test)
    {
        string? obstacle = NetworkNamespace.Run(test);
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
    }

    private static void Send(IEnumerable<byte[]> frames)
    {
        using var sender = new PacketSender(NetworkNamespace.Sending);
        foreach (byte[] frame in frames)
        {
            sender.Send(frame);
        }
    }

    private static void WaitUntil(ILiveSource live, Func<bool> isSo)
    {
        for (int i = 0; i < 200 && !isSo(); i++)
        {
            live.Wait(milliseconds: 50);
        }
    }

    private static List<byte[]> ReadAll(ILiveSource live, int sent)
    {
        // Stopped only when all are there: the kernel of a busy machine hands the last ones on when it finds the time.
        var packets = new List<byte[]>();
        var batch = new PacketBatch();
        ReadOutcome outcome = ReadOutcome.More;
        for (int i = 0; i < 1_000 && outcome == ReadOutcome.More; i++)
        {
            if (packets.Count >= sent)
            {
                live.Stop();
            }

            live.Wait(milliseconds: 50);
            outcome = live.Read(batch);
            for (int packet = 0; packet < batch.Count; packet++)
            {
                packets.Add(batch.Bytes(packet).ToArray());
            }

            batch.Return();
        }

        Assert.Equal(ReadOutcome.End, outcome);
        return packets;
    }
}
