using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Protocols.Icmp;
using Vittne.Protocols.Secrets;
using Vittne.Protocols.Sessions;
using Vittne.Trails;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Matching;

namespace Vittne.Engine.Hunt;

/// <summary>One hunt: trails and heuristics over captures.</summary>
/// <param name="options">What to hunt for.</param>
/// <param name="input">What to read.</param>
/// <param name="told">Takes each event, in packet order.</param>
public sealed class HuntRun(HuntOptions options, SpineOptions input, Action<ThreatRecord> told) : IRecordSink
{
    private readonly List<HuntStage> _stages = [];
    private readonly HeuristicContext _context = new()
    {
        Index = options.Index,
        HomeNetworks = options.HomeNetworks,
        ScanWindowSeconds = options.ScanWindowSeconds,
        Disabled = options.Disabled,
        Enabled = options.Enabled,
    };

    private readonly ParserOptions _parsing = ParserOptions.Messages with { EmitsDhcp = options.ExaminesDhcpNames, Secrets = new TlsSecrets() };
    private IReadOnlyList<IRecordDetector> _runDetectors = [];
    private DetectorSet _runSet = new([]);
    private long _events;
    private long _muted;
    private long _disabledByInfo;

    /// <summary>Reads everything and tells what it finds.</summary>
    public HuntSummary Run(CancellationToken cancellation)
    {
        if (options.UsesHeuristics)
        {
            _runDetectors = HeuristicRegistry.CreateForRun(_context);
            _runSet = new DetectorSet(_runDetectors);
        }

        PacketStamp last = default;
        var spine = new SpineRun(input with { Secrets = _parsing.Secrets }, CreateStage, record =>
        {
            last = record.At;
            Collect(record);
        });
        SpineSummary summary = spine.Run(cancellation);
        _runSet.End(last, this);

        var failures = new SortedDictionary<string, long>(StringComparer.Ordinal);
        _runSet.AddFailures(failures);
        var flows = new FlowCounters();
        var protocols = new ProtocolCounters();
        foreach (HuntStage stage in _stages)
        {
            flows.Add(stage.Flows);
            protocols.Add(stage.Protocols);
            stage.Guarded.AddFailures(failures);
        }

        return new HuntSummary
        {
            Input = summary,
            Flows = flows,
            Protocols = protocols,
            Events = _events,
            Muted = _muted,
            DisabledByInfo = _disabledByInfo,
            DetectorFailures = failures,
            Dropped = _runDetectors.Sum(detector => detector.Dropped) + _stages.Sum(stage => stage.Detectors.Sum(detector => detector.Dropped)),
        };
    }

    /// <inheritdoc/>
    public void Add(Record record)
    {
        if (record is not ThreatRecord threat)
        {
            return;
        }

        if (options.DisabledInfo is { } disabled && threat.Heuristic.Length == 0 && disabled.IsMatch(threat.Info))
        {
            _disabledByInfo++;
            return;
        }

        if (options.SeverityTable is { } table)
        {
            threat = threat with { Severity = table.Of(threat.Info, threat.Reference) };
        }

        if (threat.Severity < options.MinimumSeverity || (options.Only.Count > 0 && !options.Only.Contains(threat.Type)))
        {
            _muted++;
            return;
        }

        if (options.Muting is not null && options.Muting.Mutes(threat))
        {
            return;
        }

        _events++;
        told(threat);
    }

    private HuntStage CreateStage(IRecordSink output)
    {
        var detectors = new List<IRecordDetector>();
        if (options.Index is not null)
        {
            detectors.Add(new TrailMatcher(options.Index, new TrailMatcherOptions
            {
                UsesUserAgents = options.UsesHeuristics && !options.Disabled.Contains("user-agent"),
            }));
        }

        if (options.UsesHeuristics)
        {
            detectors.AddRange(HeuristicRegistry.CreateForFlow(_context));
        }

        var stage = new HuntStage(options.Index, detectors, IsWantedBehind, options.UsesHeuristics, output, _parsing, options.Flows);
        _stages.Add(stage);
        return stage;
    }

    private bool IsWantedBehind(Record record) => _runDetectors.Count > 0 && record is FlowStartRecord or DnsRecord or HttpRequestRecord or HttpResponseRecord
        or UnansweredFlowsRecord or ProbeRefusedRecord or EchoTrafficRecord;

    private void Collect(Record record)
    {
        // Threats of the workers are shown too: what waits for the end of a packet is to be told before those of the next one.
        _runSet.Show(record, this);
        if (record is ThreatRecord)
        {
            Add(record);
        }
    }
}
