using Vittne.Capture.Live;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Tests.Live;

public sealed class MergedSourceTests
{
    private const long Window = 100;

    private long _now;

    [Fact]
    public void Packets_of_all_sources_come_in_order_of_time_with_numbers_of_their_own()
    {
        var left = new ScriptedSource();
        var right = new ScriptedSource();
        using MergedSource merged = Merge(left, right);
        left.Add(10, 30, 31);
        right.Add(20, 40);
        left.Stop();
        right.Stop();

        Assert.Equal([(1, 10), (2, 20), (3, 30), (4, 31), (5, 40)], ReadAll(merged));
        Assert.Equal((5L, 0L), (merged.Counters().Captured, merged.OutOfOrder));
    }

    [Fact]
    public void Silent_source_holds_up_newer_packets_only_as_long_as_older_ones_may_come()
    {
        var busy = new ScriptedSource();
        var silent = new ScriptedSource();
        using MergedSource merged = Merge(busy, silent);
        busy.Add(1_000, 1_050);
        _now = 1_000 + Window - 1;
        Assert.False(merged.Wait(0));
        Assert.Empty(ReadThere(merged));

        _now = 1_000 + Window;
        Assert.True(merged.Wait(0));
        Assert.Equal([(1, 1_000)], ReadThere(merged));

        silent.Add(1_020);
        Assert.Equal([(2, 1_020)], ReadThere(merged));
        _now = 1_050 + Window;
        Assert.Equal([(3, 1_050)], ReadThere(merged));
    }

    [Fact]
    public void What_comes_later_than_that_is_handed_out_and_counted()
    {
        var busy = new ScriptedSource();
        var late = new ScriptedSource();
        using MergedSource merged = Merge(busy, late);
        busy.Add(1_000);
        _now = 5_000;
        Assert.Equal([(1, 1_000)], ReadThere(merged));
        late.Add(900);
        late.Stop();
        busy.Stop();

        Assert.Equal([(2, 900)], ReadAll(merged));
        Assert.Equal(1, merged.OutOfOrder);
    }

    [Fact]
    public void End_comes_after_so_many_packets_and_when_all_sources_have_ended()
    {
        var left = new ScriptedSource();
        var right = new ScriptedSource();
        using var merged = new MergedSource([left, right], TimeSpan.Zero, maxPackets: 2);
        left.Add(1, 3);
        right.Add(2, 4);
        merged.Stop();

        Assert.Equal([(1, 1), (2, 2)], ReadAll(merged));
        Assert.True(merged.Wait(0));
    }

    [Fact]
    public void What_is_wrong_with_one_source_is_wrong_with_all()
    {
        var left = new ScriptedSource();
        var right = new ScriptedSource { Failure = "went down", Interruption = "is away" };
        using MergedSource merged = Merge(left, right);

        Assert.Equal(("went down", "is away"), (merged.Failure, merged.Interruption));
    }

    private MergedSource Merge(params ScriptedSource[] sources) =>
        new(sources, TimeSpan.FromTicks(Window / TimeSpan.NanosecondsPerTick), long.MaxValue, () => _now);

    private static List<(long Number, long Time)> ReadAll(MergedSource merged)
    {
        var packets = new List<(long, long)>();
        var batch = new PacketBatch();
        while (merged.Read(batch) == ReadOutcome.More)
        {
            packets.AddRange(In(batch));
        }

        return packets;
    }

    private static List<(long Number, long Time)> ReadThere(MergedSource merged)
    {
        var batch = new PacketBatch();
        Assert.Equal(ReadOutcome.More, merged.Read(batch));
        return In(batch);
    }

    private static List<(long Number, long Time)> In(PacketBatch batch)
    {
        var packets = new List<(long, long)>();
        for (int i = 0; i < batch.Count; i++)
        {
            // The content says where a packet came from: its time again.
            Assert.Equal((byte)batch.Packets[i].TimestampNs, batch.Bytes(i)[0]);
            packets.Add((batch.Packets[i].Number, batch.Packets[i].TimestampNs));
        }

        return packets;
    }

    private sealed class ScriptedSource : ILiveSource
    {
        private readonly Queue<long[]> _batches = new();
        private readonly CaptureSection _section = new() { IsBigEndian = false, MajorVersion = 1, MinorVersion = 0 };
        private bool _isStopped;

        public string Name => "script";

        public ushort LinkType => 1;

        public string? Failure { get; init; }

        public string? Interruption { get; init; }

        public long HorizonNs => 0;

        public void Add(params long[] times) => _batches.Enqueue(times);

        public LiveCounters Counters() => default;

        public bool Wait(int milliseconds) => _batches.Count > 0 || _isStopped;

        public ReadOutcome Read(PacketBatch batch)
        {
            batch.Return();
            batch.Start();
            batch.Enter(_section);
            foreach (long time in _batches.TryDequeue(out long[]? times) ? times : [])
            {
                batch.Packets[batch.Count++] = new PacketRef(time, 99, batch.Append([(byte)time]), 1, 1, 1, 0);
            }

            return batch.Count == 0 && _isStopped ? ReadOutcome.End : ReadOutcome.More;
        }

        public void Stop() => _isStopped = true;

        public void Dispose()
        {
        }
    }
}
