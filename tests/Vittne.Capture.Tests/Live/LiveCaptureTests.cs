using System.Net;
using System.Net.Sockets;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Bpf;
using Vittne.Capture.Live;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Live;

public sealed class LiveCaptureTests
{
    private const int SmallRing = 1 << 20;

    [Fact]
    public void Packets_come_as_they_were_sent_tags_and_large_ones_included() => Run(() =>
    {
        byte[] inner = Frames.Ipv4(17, Frames.Udp(1000, 53, new byte[30]));
        byte[][] frames =
        [
            Frames.Ethernet(inner), Frames.Vlan(inner, 100), Frames.Vlan(inner, 7, 100), Frames.Ethernet(new byte[9000], 0x88B5),
            Frames.Ethernet(Frames.Ipv6(17, Frames.Udp(1000, 53, new byte[60_000]))),
        ];
        DateTime before = DateTime.UtcNow;
        using var live = LiveCapture.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing });
        Send(frames);
        List<Packet> packets = ReadAll(live);

        Assert.Equal(frames, packets.Select(static packet => packet.Bytes));
        Assert.Equal([1, 2, 3, 4, 5], packets.Select(static packet => packet.Reference.Number));
        Assert.All(packets, packet => Assert.Equal((1, packet.Bytes.Length), (packet.Reference.LinkType, packet.Reference.OriginalLength)));
        Assert.All(packets, packet => Assert.InRange(DateTime.UnixEpoch.AddTicks(packet.Reference.TimestampNs / 100), before.AddSeconds(-1), DateTime.UtcNow));

        // The other counts depend on the host: how soon it empties the ring, and what of these frames none of its protocols wants.
        LiveCounters counters = live.Counters();
        Assert.Equal((5L, 5L, 0L), (counters.Captured, counters.Received, counters.DroppedByKernel));
        Assert.Null(live.Failure);
    });

    [Theory]
    [InlineData("tcp port 80")]
    [InlineData("vlan 100 and udp port 53")]
    [InlineData("not tcp")]
    [InlineData("vlan and vlan 100")]
    [InlineData("ether[12:2] = 0x8100 or ip6")]
    [InlineData("len = 46 or ip[8] >> tcp[13] > 5")]
    [InlineData("geneve or not port 53")]
    [InlineData("ip6 protochain 6")]
    public void Kernel_leaves_out_what_the_filter_does_not_want_and_nothing_else(string expression) => Run(() =>
    {
        byte[] udp = Frames.Ipv4(17, Frames.Udp(1000, 53, [1, 2, 3, 4]));
        byte[][] frames =
        [
            Filters.FilterCases.Tcp(80), Filters.FilterCases.Tcp(81), Filters.FilterCases.Tcp6(80), Frames.Ethernet(udp), Frames.Vlan(udp, 100), Frames.Vlan(udp, 101),
            Frames.Vlan(udp, 7, 100), Frames.Ethernet(new byte[46], 0x88B5),
        ];
        PacketFilter filter = Filters.FilterCases.Filter(expression);
        using var live = LiveCapture.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing, Filter = filter });
        Send(frames);
        List<byte[]> came = [.. ReadAll(live).Select(static packet => packet.Bytes)];

        IEnumerable<byte[]> wanted = frames.Where(frame => filter.Matches(1, frame, frame.Length));
        bool isWider = filter.ToBpf(1, 1, BpfTarget.LinuxSocket).IsWider;
        Assert.Equal(wanted, isWider ? came.Where(frame => filter.Matches(1, frame, frame.Length)) : came);
    });

    [Fact]
    public void Loopback_packets_come_once() => Run(() =>
    {
        using var live = LiveCapture.Open("lo", new LiveCaptureOptions { RingLength = SmallRing });
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < 3; i++)
        {
            sender.SendTo([1, 2, 3], receiver.LocalEndPoint!);
        }

        Assert.Equal([45, 45, 45], ReadAll(live).Select(static packet => packet.Bytes.Length));
    });

    [Fact]
    public void All_interfaces_together_come_with_a_cooked_header() => Run(() =>
    {
        using var live = LiveCapture.Open(LiveCapture.Any, new LiveCaptureOptions { RingLength = SmallRing });
        byte[] inner = Frames.Ipv4(17, Frames.Udp(1000, 53, [1, 2]));
        Send([Frames.Vlan(inner, 100)]);
        List<Packet> packets = ReadAll(live);

        // The pair has two ends: the frame leaves one and comes in at the other, where the kernel takes the tag out.
        Assert.Equal(2, packets.Count);
        Assert.All(packets, static packet => Assert.Equal(276, packet.Reference.LinkType));
        Assert.Equal([0x81, 0x00, 0x00, 0x64, 0x08, 0x00, .. inner], (byte[])[.. packets[1].Bytes[..2], .. packets[1].Bytes[20..]]);
    });

    [Fact]
    public void Packets_without_room_are_counted_and_held_ones_stay_untouched() => Run(() =>
    {
        const int count = 2000;
        using var live = LiveCapture.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing });
        byte[] frame = Frames.Ethernet(new byte[1400], 0x88B5);
        Send([.. Enumerable.Repeat(frame, count / 2)]);
        var batch = new PacketBatch();
        WaitFor(live);
        Assert.Equal(ReadOutcome.More, live.Read(batch));
        int held = batch.Count;
        byte[] other = Frames.Ethernet([.. Enumerable.Repeat((byte)1, 1400)], 0x88B5);
        Send([.. Enumerable.Repeat(other, count / 2)]);

        // The one block of the ring is held: what came meanwhile had to be dropped.
        for (int i = 0; i < batch.Count; i++)
        {
            Assert.Equal(frame, batch.Bytes(i).ToArray());
        }

        batch.Return();
        Assert.Equal(0, batch.Count);
        int later = ReadAll(live).Count;
        LiveCounters counters = live.Counters();
        Assert.InRange(held, 1, count / 2);
        Assert.Equal((count, held + later), (counters.Received, counters.Captured));
        Assert.Equal(count - held - later, counters.DroppedByKernel);
        Assert.InRange(counters.DroppedByKernel, count / 2, count);
    });

    [Fact]
    public void Capture_ends_after_so_many_packets() => Run(() =>
    {
        using var live = LiveCapture.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing, MaxPackets = 2 });
        Send([Frames.Ethernet([1]), Frames.Ethernet([2]), Frames.Ethernet([3])]);
        WaitFor(live);
        var batch = new PacketBatch();

        Assert.Equal((ReadOutcome.More, 2), (live.Read(batch), batch.Count));
        Assert.Equal((ReadOutcome.End, 0), (live.Read(batch), batch.Count));
    });

    [Fact]
    public void Interface_that_is_removed_ends_the_capture_with_what_came_before() => Run(() =>
    {
        using var live = LiveCapture.Open(NetworkNamespace.Receiving, new LiveCaptureOptions { RingLength = SmallRing });
        Send([Frames.Ethernet([1])]);
        Assert.True(NetworkNamespace.Ip($"link delete {NetworkNamespace.Sending}"));

        Assert.Single(ReadToEnd(live));
        Assert.Equal("was removed; what came before was read", live.Failure);
    });

    [Fact]
    public void Interface_that_is_down_or_unknown_is_told_in_a_line() => Run(() =>
    {
        Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Receiving} down"));
        LiveCaptureException down = Assert.Throws<LiveCaptureException>(static () => LiveCapture.Open(NetworkNamespace.Receiving));
        LiveCaptureException unknown = Assert.Throws<LiveCaptureException>(static () => LiveCapture.Open("eth9"));

        Assert.Equal("vb is down; bring it up first: ip link set vb up", down.Message);
        Assert.StartsWith("there is no interface 'eth9'; there are lo, ", unknown.Message, StringComparison.Ordinal);
        Assert.EndsWith(", and any for all of them", unknown.Message, StringComparison.Ordinal);
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

    private static void WaitFor(LiveCapture live)
    {
        // A block is handed over after its retire time at the latest; the rest is for a machine that is busy.
        for (int i = 0; i < 100 && !live.Wait(milliseconds: 100); i++)
        {
        }
    }

    private static List<Packet> ReadAll(LiveCapture live)
    {
        live.Stop();
        return ReadToEnd(live);
    }

    private static List<Packet> ReadToEnd(LiveCapture live)
    {
        var packets = new List<Packet>();
        var batch = new PacketBatch();
        do
        {
            WaitFor(live);
            if (live.Read(batch) == ReadOutcome.End)
            {
                return packets;
            }

            for (int i = 0; i < batch.Count; i++)
            {
                packets.Add(new Packet(batch.Packets[i], batch.Bytes(i).ToArray()));
            }

            batch.Return();
        }
        while (true);
    }

    private sealed record Packet(PacketRef Reference, byte[] Bytes);
}
