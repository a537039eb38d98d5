using Vittne.Capture;
using Vittne.Capture.Live;
using Vittne.Engine.Recording;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Recording;

public sealed class RecordingRunTests : IDisposable
{
    private const int HeaderLength = 24;
    private const int RecordLength = 16 + 43;

    private static readonly byte[] Frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private string File => Path.Combine(_folder, "a.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packets_are_in_the_file_at_once_when_that_is_asked_for(bool flushesEach)
    {
        var lengths = new List<long>();
        using var source = new PacketSource(packets: 2, () => lengths.Add(new FileInfo(File).Length));
        RecordingSummary summary = Record(source, new RecordingOptions { Path = File, FlushesEach = flushesEach });

        Assert.Equal(2, summary.Packets);
        Assert.Equal(
            flushesEach ? [0, HeaderLength + RecordLength, HeaderLength + (2 * RecordLength)] : [0, 0, 0],
            lengths);
        Assert.Equal(HeaderLength + (2 * RecordLength), new FileInfo(File).Length);
    }

    [Fact]
    public void Recording_ends_before_the_disk_is_fuller_than_it_may_be()
    {
        using var source = new PacketSource(packets: 50, static () => { });
        RecordingSummary summary = Record(source, new RecordingOptions { Path = File, MinFreeBytes = long.MaxValue });

        Assert.True(summary.IsDiskFull);
        Assert.Equal(0, summary.Packets);
        Assert.Equal(HeaderLength, new FileInfo(File).Length);
    }

    [Fact]
    public void Disk_with_room_is_no_reason_to_end()
    {
        using var source = new PacketSource(packets: 5, static () => { });
        RecordingSummary summary = Record(source, new RecordingOptions { Path = File, MinFreeBytes = 1 });

        Assert.False(summary.IsDiskFull);
        Assert.Equal(5, summary.Packets);
    }

    private static RecordingSummary Record(ILiveSource source, RecordingOptions options)
    {
        using var run = new RecordingRun(options with { SnapLength = 262_144 }, source);
        return run.Run(CancellationToken.None);
    }

    /// <summary>Gives packets one by one, and shows when it is asked for the next.</summary>
    private sealed class PacketSource(int packets, Action asked) : ILiveSource
    {
        private int _given;
        private bool _isStopped;

        public string Name => "wire";

        public ushort LinkType => 1;

        public string? Failure => null;

        public long HorizonNs => 0;

        public LiveCounters Counters() => new(_given, _given, 0, 0, 0);

        public bool Wait(int milliseconds)
        {
            asked();
            return true;
        }

        public ReadOutcome Read(PacketBatch batch)
        {
            Batches.Clear(batch);
            if (_given == packets || _isStopped)
            {
                return ReadOutcome.End;
            }

            Batches.Add(batch, 1, Frame, Batches.StartNs + _given, Frame.Length);
            _given++;
            return ReadOutcome.More;
        }

        public void Stop() => _isStopped = true;

        public void Dispose()
        {
        }
    }
}
