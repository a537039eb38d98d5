using System.Collections.Concurrent;
using Vittne.Capture.Pcapng;
using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>
/// Decodes all packets and shows them to the analyses. The analyses are divided among lanes; each lane sees all packets in their order, so that
/// what is told does not depend on how many threads there are.
/// </summary>
internal sealed class DeepRun : IDisposable
{
    private const int BatchesWithThreads = 8;

    private readonly PacketDecoder _decoder = new(new PacketDecoderOptions { CollectsFacts = true });
    private readonly BlockingCollection<DeepBatch> _free = [];
    private readonly DeepLane[] _lanes;
    private readonly DeepAnalysis[] _inOrder;
    private readonly TcpFlows _flows = new();

    /// <summary>Begins.</summary>
    /// <param name="hasThreads">Whether the lanes get threads.</param>
    /// <param name="nowNs">The present, nanoseconds since 1970.</param>
    /// <param name="digests">Makes digests of the file from the batches; null when nobody wants them.</param>
    public DeepRun(bool hasThreads, long nowNs, FileDigester? digests)
    {
        var duplicates = new DuplicateFinder();
        var clock = new ClockAnalysis(nowNs);
        var vantage = new VantageAnalysis(_flows, duplicates);
        var router = new RouterAnalysis();
        var stacks = new StackAnalysis();
        var cut = new CutAnalysis(_flows, clock);
        var offload = new OffloadAnalysis();
        var encapsulation = new EncapsulationAnalysis();
        var talkers = new TalkerAnalysis();
        var protocols = new ProtocolTree(_flows);
        var sizes = new SizeAnalysis();
        _inOrder = [vantage, router, stacks, duplicates, cut, clock, offload, encapsulation, talkers, protocols, sizes, _flows];

        // Protocols are asked of the connection that was just followed: behind it, in its lane.
        DeepAnalysis[] connections = [_flows, protocols, offload, stacks, cut];
        DeepAnalysis[] packets = [vantage, router, duplicates, clock, encapsulation, talkers, sizes];
        List<DeepLane> lanes = [new DeepLane(batch => Show(batch, connections), Leave, hasThreads), new DeepLane(batch => Show(batch, packets), Leave, hasThreads)];
        if (digests is not null)
        {
            lanes.Add(new DeepLane(batch => digests.Look(batch.Packets), Leave, hasThreads));
        }

        _lanes = [.. lanes];
        for (int i = 0; i < (hasThreads ? BatchesWithThreads : 1); i++)
        {
            _free.Add(new DeepBatch());
        }
    }

    /// <summary>A batch that may be filled.</summary>
    public DeepBatch Rent() => _free.Take();

    /// <summary>Takes a batch that was filled; it must not be looked at any more.</summary>
    public void Post(DeepBatch batch)
    {
        _decoder.Decode(batch.Decoded);
        batch.Share(_lanes.Length);
        foreach (DeepLane lane in _lanes)
        {
            lane.Post(batch);
        }
    }

    /// <summary>The input is over: what was found.</summary>
    /// <param name="sections">What the capture says about its interfaces.</param>
    public DeepReport Finish(IReadOnlyList<CaptureSection> sections)
    {
        foreach (DeepLane lane in _lanes)
        {
            lane.Finish();
        }

        var report = new DeepReport();
        foreach (DeepAnalysis analysis in _inOrder)
        {
            analysis.Tell(report);
        }

        _flows.TellLoss(report, Dropped(sections));
        report.Table("not_decoded", ["reason", "packets"], _decoder.Counters.NotDecoded().Select(static item => new object?[] { item.Reason, item.Packets }));
        return report;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DeepLane lane in _lanes)
        {
            lane.Dispose();
        }

        _free.Dispose();
    }

    private static void Show(DecodedBatch batch, DeepAnalysis[] analyses)
    {
        for (int i = 0; i < batch.Packets.Count; i++)
        {
            var packet = new DeepPacket(batch, i);
            foreach (DeepAnalysis analysis in analyses)
            {
                analysis.Add(packet);
            }
        }
    }

    private static long? Dropped(IReadOnlyList<CaptureSection> sections)
    {
        ulong dropped = 0;
        bool isTold = false;
        foreach (CaptureSection section in sections)
        {
            foreach (CaptureInterface item in section.Interfaces)
            {
                ulong? told = item.Statistics?.Dropped ?? item.Statistics?.OperatingSystemDropped;
                isTold |= told is not null;
                dropped = ulong.Min(long.MaxValue, dropped + ulong.Min(long.MaxValue, told ?? 0));
            }
        }

        return isTold ? (long)dropped : null;
    }

    private void Leave(DeepBatch batch)
    {
        if (batch.Leave())
        {
            _free.Add(batch);
        }
    }
}
