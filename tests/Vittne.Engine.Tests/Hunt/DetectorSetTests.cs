using Vittne.Engine.Hunt;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Trails;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Engine.Tests.Hunt;

public sealed class DetectorSetTests : IRecordSink
{
    private readonly List<Record> _told = [];
    private bool _isFull;

    void IRecordSink.Add(Record record)
    {
        if (_isFull)
        {
            throw new IOException("no space left");
        }

        _told.Add(record);
    }

    [Fact]
    public void Detector_that_fails_at_a_record_sees_the_next_and_costs_the_others_nothing()
    {
        var broken = new Detector(failsAt: number => number == 2);
        var whole = new Detector(failsAt: _ => false);
        DetectorSet set = Shown(3, broken, whole);
        Assert.Equal((3, 3), (broken.Seen, whole.Seen));
        Assert.Equal<long>([1, 1, 2, 2, 3, 3], _told.ConvertAll(record => record.At.Number));
        Assert.Equal([KeyValuePair.Create("Detector: InvalidDataException", 1L)], FailuresOf(set));
    }

    [Fact]
    public void Detector_that_always_fails_is_switched_off_and_counted()
    {
        var broken = new Detector(failsAt: _ => true);
        DetectorSet set = Shown(100, broken);
        set.End(Start(101).At, this);
        Assert.Equal((GuardedDetector.MaxFailures, false), (broken.Seen, broken.IsEnded));
        Assert.Equal([KeyValuePair.Create("Detector: InvalidDataException, then switched off", (long)GuardedDetector.MaxFailures)], FailuresOf(set));
    }

    [Fact]
    public void Failure_at_the_end_is_counted_and_the_others_end()
    {
        var broken = new Detector(failsAt: number => number == 1);
        var whole = new Detector(failsAt: _ => false);
        var set = new DetectorSet([broken, whole]);
        set.End(Start(1).At, this);
        Assert.True(whole.IsEnded);
        Assert.Equal(1, FailuresOf(set).Values.Sum());
    }

    [Fact]
    public void Output_that_cannot_be_written_is_no_failure_of_a_detector()
    {
        _isFull = true;
        var set = new DetectorSet([new Detector(failsAt: _ => false)]);
        Assert.Throws<IOException>(() => set.Show(Start(1), this));
        Assert.Empty(FailuresOf(set));
    }

    private DetectorSet Shown(int records, params IRecordDetector[] detectors)
    {
        var set = new DetectorSet(detectors);
        for (int number = 1; number <= records; number++)
        {
            set.Show(Start(number), this);
        }

        return set;
    }

    private static SortedDictionary<string, long> FailuresOf(DetectorSet set)
    {
        var failures = new SortedDictionary<string, long>(StringComparer.Ordinal);
        set.AddFailures(failures);
        return failures;
    }

    private static FlowStartRecord Start(long number) => new()
    {
        Flow = new FlowIdentity
        {
            Id = number,
            Source = IpAddress.FromV4(0xC0000201),
            Destination = IpAddress.FromV4(0xC0000202),
            SourcePort = 40000,
            DestinationPort = 80,
            Protocol = IpProtocol.Tcp,
        },
        At = new PacketStamp(number, number, number, 0),
        Direction = Direction.FromOriginator,
        TcpFlags = 2,
        PayloadLength = 0,
    };

    // Finds every record, and fails after that where it is told to.
    private sealed class Detector(Predicate<long> failsAt) : IRecordDetector
    {
        public int Seen { get; private set; }

        public bool IsEnded { get; private set; }

        public long Dropped => 0;

        public void OnRecord(Record record, IRecordSink findings)
        {
            Seen++;
            findings.Add(record);
            FailAt(record.At);
        }

        public void OnEnd(in PacketStamp at, IRecordSink findings)
        {
            IsEnded = true;
            FailAt(at);
        }

        private void FailAt(in PacketStamp at)
        {
            if (failsAt(at.Ordinal))
            {
                throw new InvalidDataException();
            }
        }
    }
}
