using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics;

/// <summary>Tells each candidate of the workers once a window; see <see cref="HeuristicCandidate"/>.</summary>
/// <param name="maxKeys">Candidates that are remembered at a time.</param>
internal sealed class RepeatGate(int maxKeys = RepeatGate.DefaultMaxKeys) : IRecordDetector
{
    private const int DefaultMaxKeys = 16_384;

    private readonly RecencyMap<Key, Told> _told = new(maxKeys);

    /// <inheritdoc/>
    public RecordInterest Interest => RecordInterest.Others;

    /// <inheritdoc/>
    public long Dropped { get; private set; }

    /// <inheritdoc/>
    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HeuristicCandidate candidate)
        {
            return;
        }

        ThreatRecord threat = candidate.Threat;
        long nowNs = candidate.At.TimestampNs;
        var key = new Key(Endpoints.SenderOf(threat), Endpoints.ReceiverOf(threat), threat.Trail, threat.Info);
        ref Told told = ref _told.Touch(key, out Told evicted);
        Dropped += evicted.IsOpen(nowNs) ? 1 : 0;
        if (!told.IsOpen(nowNs))
        {
            told = new Told(nowNs, candidate.WindowNs);
            findings.Add(threat);
        }
    }

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private readonly record struct Key(IpAddress Source, IpAddress Destination, string Trail, string Info)
    {
        // Seeded in every process: senders choose all of it.
        public override int GetHashCode() => HashCode.Combine(Source.High, Source.Low, Destination.High, Destination.Low, Trail, Info);
    }

    private readonly record struct Told(long AtNs, long WindowNs)
    {
        public bool IsOpen(long nowNs) => WindowNs > 0 && Math.Abs(nowNs - AtNs) <= WindowNs;
    }
}
