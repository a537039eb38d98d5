using Vittne.Capture;
using Vittne.Capture.Live;
using Vittne.Engine.Spine;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests;

public sealed class SpineLiveTests
{
    private static readonly byte[] Frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1000, 53, [1])));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Time_goes_on_when_no_packets_come(int workers)
    {
        long later = Batches.StartNs + 60_000_000_000;
        using var live = new ScriptedSource([2, 0, 1], later);
        var stages = new List<Stage>();
        SpineSummary summary = Run(live, workers, stages, CancellationToken.None);

        Assert.Equal((3, 1, 0), (summary.Packets, summary.CapturesRead, summary.CapturesFailed));
        Assert.All(stages, stage => Assert.Contains(later, stage.Times));
        Assert.All(stages, static stage => Assert.Equal(stage.Times.Order(), stage.Times));
        Assert.Equal(3, stages.Sum(static stage => stage.Packets));
        Assert.All(stages, static stage => Assert.True(stage.HasEnded));
    }

    [Fact]
    public void Stop_reads_what_came_before_it_and_is_a_regular_end()
    {
        using var live = new ScriptedSource([5, 4], Batches.StartNs);
        var stages = new List<Stage>();
        SpineSummary summary = Run(live, 1, stages, new CancellationToken(canceled: true));

        Assert.True(live.IsStopped);
        Assert.Equal((9, false), (summary.Packets, summary.IsStopped));
    }

    [Fact]
    public void Source_that_fails_is_a_failed_input_with_what_it_gave()
    {
        using var live = new ScriptedSource([1], Batches.StartNs) { Failure = "went down" };
        SpineSummary summary = Run(live, 1, [], CancellationToken.None);

        Assert.Equal((1, 0, 1), (summary.Packets, summary.CapturesRead, summary.CapturesFailed));
        Assert.Equal(["wire went down"], summary.Notes);
    }

    private static SpineSummary Run(ILiveSource live, int workers, List<Stage> stages, CancellationToken cancellation)
    {
        int turns = 0;
        var options = new SpineOptions { Captures = [], Live = live, Workers = workers, Turn = () => turns++ };
        var run = new SpineRun(
            options,
            _ =>
            {
                stages.Add(new Stage());
                return stages[^1];
            },
            static _ => { });
        SpineSummary summary = run.Run(cancellation);
        Assert.True(turns > 0);
        return summary;
    }

    /// <summary>Gives batches of so many packets; a batch of none is a wait in vain.</summary>
    private sealed class ScriptedSource(int[] batches, long horizonNs) : ILiveSource
    {
        private int _next;
        private int _given;

        public string Name => "wire";

        public ushort LinkType => 1;

        public string? Failure { get; init; }

        public long HorizonNs => horizonNs;

        public bool IsStopped { get; private set; }

        public LiveCounters Counters() => new(_given, _given, 0, 0, 0);

        public bool Wait(int milliseconds)
        {
            if (_next == batches.Length || batches[_next] > 0)
            {
                return true;
            }

            _next += milliseconds > 0 ? 1 : 0;
            return false;
        }

        public ReadOutcome Read(PacketBatch batch)
        {
            Batches.Clear(batch);
            if (_next == batches.Length)
            {
                return ReadOutcome.End;
            }

            for (int i = 0; i < batches[_next]; i++)
            {
                Batches.Add(batch, 1, Frame, Batches.StartNs + _given, Frame.Length);
                _given++;
            }

            _next++;
            return ReadOutcome.More;
        }

        public void Stop() => IsStopped = true;

        public void Dispose()
        {
        }
    }

    private sealed class Stage : IPacketStage
    {
        public List<long> Times { get; } = [];

        public int Packets { get; private set; }

        public bool HasEnded { get; private set; }

        public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) => Packets++;

        public void OnOrphan(in OrphanFragment fragment, in PacketStamp at)
        {
        }

        public void OnBatchEnd(in PacketStamp now) => Times.Add(now.TimestampNs);

        public void OnEnd(in PacketStamp last) => HasEnded = true;
    }
}
