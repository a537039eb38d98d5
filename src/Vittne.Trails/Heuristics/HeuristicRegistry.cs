using Vittne.Trails.Heuristics.Beacons;
using Vittne.Trails.Heuristics.Names;
using Vittne.Trails.Heuristics.Requests;
using Vittne.Trails.Heuristics.Responses;
using Vittne.Trails.Heuristics.Scans;
using Vittne.Trails.Heuristics.Sessions;

namespace Vittne.Trails.Heuristics;

/// <summary>All heuristics that Vittne knows.</summary>
public static class HeuristicRegistry
{
    private static readonly Row[] Rows =
    [
        new(PortScanDetector.Descriptor, HeuristicScope.Run, static readings => new PortScanDetector(readings)),
        new(UdpScanDetector.Descriptor, HeuristicScope.Run, static readings => new UdpScanDetector(readings)),
        new(InfectionDetector.Descriptor, HeuristicScope.Run, static readings => new InfectionDetector(readings)),
        new(HostSweepDetector.Descriptor, HeuristicScope.Run, static readings => new HostSweepDetector(readings)),
        new(BeaconingDetector.Descriptor, HeuristicScope.Run, static readings => new BeaconingDetector(readings)),
        new(IcmpTunnelDetector.Descriptor, HeuristicScope.Run, static readings => new IcmpTunnelDetector(readings)),
        new(WebScanDetector.Descriptor, HeuristicScope.Run, static readings => new WebScanDetector(readings)),
        new(DnsExhaustionDetector.Descriptor, HeuristicScope.Run, static readings => new DnsExhaustionDetector(readings)),
        new(NxdomainDetector.Descriptor, HeuristicScope.Run, static readings => new NxdomainDetector(readings)),
        new(LongDomainDetector.Descriptor, HeuristicScope.Run, static readings => new LongDomainDetector(readings)),
        new(DnsTunnelDetector.Descriptor, HeuristicScope.Run, static readings => new DnsTunnelDetector(readings)),
        new(DnsRebindingDetector.Descriptor, HeuristicScope.Run, static readings => new DnsRebindingDetector(readings)),
        new(TlsAnonymousDetector.Descriptor, HeuristicScope.Run, static readings => new TlsAnonymousDetector(readings))
        {
            CreateFilter = static readings => new TlsAnonymousFilter(readings),
        },
        new(DgaEntropyDetector.Descriptor, HeuristicScope.Flow, static readings => new DgaEntropyDetector(readings)),
        new(DgaConsonantsDetector.Descriptor, HeuristicScope.Flow, static readings => new DgaConsonantsDetector(readings)),
        new(SinkholedDetector.Descriptor, HeuristicScope.Flow, static readings => new SinkholedDetector(readings)),
        new(ParkedDetector.Descriptor, HeuristicScope.Flow, static readings => new ParkedDetector(readings)),
        new(SinkholeResponseDetector.Descriptor, HeuristicScope.Flow, static readings => new SinkholeResponseDetector(readings)),
        new(SeizedDetector.Descriptor, HeuristicScope.Flow, static readings => new SeizedDetector(readings)),
        new(ContentTypeDetector.Descriptor, HeuristicScope.Flow, static readings => new ContentTypeDetector(readings)),
        new(IocDirectDetector.Descriptor, HeuristicScope.Flow, static readings => new IocDirectDetector(readings)),
        new(ProxyProbeDetector.Descriptor, HeuristicScope.Flow, static readings => new ProxyProbeDetector(readings)),
        new(RequestInjectionDetector.Descriptor, HeuristicScope.Flow, static readings => new RequestInjectionDetector(readings)),
        new(DirectDownloadDetector.Descriptor, HeuristicScope.Run, static _ => new DirectDownloadDetector())
        {
            CreateFilter = static readings => new DirectDownloadFilter(readings),
        },
        new(OddPathDetector.Descriptor, HeuristicScope.Flow, static readings => new OddPathDetector(readings)),
        new(CleartextCredentialsDetector.Descriptor, HeuristicScope.Flow, static readings => new CleartextCredentialsDetector(readings)),
        new(ProtocolMismatchDetector.Descriptor, HeuristicScope.Flow, static readings => new ProtocolMismatchDetector(readings)),
        new(MissingHostDetector.Descriptor, HeuristicScope.Flow, static readings => new MissingHostDetector(readings)),
    ];

    /// <summary>Every heuristic with its id, its scope and a way to make it, in the order in which they look at a record.</summary>
    public static IReadOnlyList<HeuristicEntry> All { get; } =
        Array.ConvertAll(Rows, static row => new HeuristicEntry(row.Descriptor, row.Scope, row.CreateAlone));

    /// <summary>
    /// The heuristics of one worker that are not disabled. They share their reading of each record, so they must be used by one thread and
    /// be given each record one after the other.
    /// </summary>
    public static IReadOnlyList<IRecordDetector> CreateForFlow(HeuristicContext context) => Create(context, HeuristicScope.Flow);

    /// <summary>The heuristics of the run that are not disabled; they take records in packet order, one after the other.</summary>
    public static IReadOnlyList<IRecordDetector> CreateForRun(HeuristicContext context) => [.. Create(context, HeuristicScope.Run), new RepeatGate()];

    private static List<IRecordDetector> Create(HeuristicContext context, HeuristicScope scope)
    {
        var readings = new HeuristicReadings(context);
        var detectors = new List<IRecordDetector>();
        foreach (Row row in Rows)
        {
            if (!context.IsEnabled(row.Descriptor))
            {
                continue;
            }

            if (row.Scope == scope)
            {
                detectors.Add(row.Create(readings));
            }
            else if (scope == HeuristicScope.Flow && row.CreateFilter is { } createFilter)
            {
                detectors.Add(createFilter(readings));
            }
        }

        return detectors;
    }

    private sealed record Row(DetectorDescriptor Descriptor, HeuristicScope Scope, Func<HeuristicReadings, IRecordDetector> Create)
    {
        /// <summary>For a heuristic of the run that leaves the reading of records to the workers: makes that part.</summary>
        public Func<HeuristicReadings, IRecordDetector>? CreateFilter { get; init; }

        public IRecordDetector CreateAlone(HeuristicContext context) => Create(new HeuristicReadings(context));
    }
}
