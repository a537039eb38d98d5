using System.Globalization;
using System.Text;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Analysis.Scans;

/// <summary>The attempts of one scan, summed.</summary>
internal sealed class ScanSummary
{
    private const int MaxOpen = 50;
    private const int MaxPortRanges = 20;

    private readonly FlowEvidence _evidence = new();
    private readonly HashSet<IpAddress> _targets = [];
    private readonly SortedSet<int> _ports = [];
    private readonly HashSet<(IpAddress Target, int Port)> _open = [];
    private readonly List<string> _openList = [];
    private long _unanswered;
    private bool _isVertical;
    private bool _isHorizontal;
    private bool _isCompleted;

    /// <summary>When the last attempt began.</summary>
    public long LastStartNs { get; private set; }

    /// <summary>Takes an attempt in; they come in order of time.</summary>
    public void Add(in ScanAttempt attempt, bool isVertical, bool isHorizontal)
    {
        _evidence.Add(attempt.FlowId, attempt.StartNs, attempt.EndNs, attempt.LastPacket, attempt.Capture);
        _targets.Add(attempt.Target);
        if (attempt.Port > 0)
        {
            _ports.Add(attempt.Port);
        }

        if (attempt.IsOpen && _open.Add((attempt.Target, attempt.Port)) && _openList.Count < MaxOpen)
        {
            _openList.Add(Place(attempt.Target, attempt.Port));
        }

        _unanswered += attempt.IsUnanswered ? 1 : 0;
        _isCompleted |= attempt.IsCompleted;
        _isVertical |= isVertical;
        _isHorizontal |= isHorizontal;
        LastStartNs = attempt.StartNs;
    }

    /// <summary>The finding.</summary>
    public ScanFinding Tell(IpAddress sender, ScanTechnique technique, IList<string> captures) => new()
    {
        Flow = FlowEvidence.Between(FlowAddress.Of(sender), _targets.Count == 1 ? FlowAddress.Of(_targets.First()) : FlowAddress.None, ProtocolOf(technique)),
        At = _evidence.Stamp(captures),
        Direction = Direction.FromOriginator,
        Kind = technique == ScanTechnique.Backscatter ? "backscatter" : _isVertical && _isHorizontal ? "block" : _isVertical ? "vertical" : "horizontal",
        Technique = NameOf(technique),
        Targets = _targets.Count,
        Ports = _ports.Count,
        PortList = Ranges(),
        Unanswered = Math.Round((double)_unanswered / _evidence.Count, 3),
        OpenCount = _open.Count,
        Open = _openList,
        Flows = _evidence.Count,
        FirstNs = _evidence.FirstNs,
        LastNs = _evidence.LastNs,
        Evidence = _evidence.Ids,
    };

    private static int ProtocolOf(ScanTechnique technique) => technique switch
    {
        ScanTechnique.Udp => IpProtocol.Udp,
        ScanTechnique.SctpInit => IpProtocol.Sctp,
        ScanTechnique.IcmpSweep => IpProtocol.Icmp,
        ScanTechnique.ArpSweep => -1,
        _ => IpProtocol.Tcp,
    };

    private string NameOf(ScanTechnique technique) => technique switch
    {
        ScanTechnique.Syn => _isCompleted ? "connect" : "syn",
        ScanTechnique.Fin => "fin",
        ScanTechnique.Null => "null",
        ScanTechnique.Xmas => "xmas",
        ScanTechnique.Ack => "ack",
        ScanTechnique.Udp => "udp",
        ScanTechnique.SctpInit => "sctp-init",
        ScanTechnique.IcmpSweep => "icmp-sweep",
        ScanTechnique.ArpSweep => "arp-sweep",
        _ => "backscatter",
    };

    private static string Place(in IpAddress target, int port) => port == 0 ? target.ToString()
        : string.Concat(target.IsV4 ? $"{target}" : $"[{target}]", ":", port.ToString(CultureInfo.InvariantCulture));

    private string Ranges()
    {
        var text = new StringBuilder();
        int count = 0, first = -1, last = -1;
        foreach (int port in _ports.Append(int.MaxValue))
        {
            if (port == last + 1)
            {
                last = port;
                continue;
            }

            if (first >= 0)
            {
                if (count++ == MaxPortRanges)
                {
                    return text.Append(",…").ToString();
                }

                text.Append(text.Length > 0 ? "," : "").Append(first.ToString(CultureInfo.InvariantCulture))
                    .Append(last > first ? string.Create(CultureInfo.InvariantCulture, $"-{last}") : "");
            }

            (first, last) = (port, port);
        }

        return text.ToString();
    }
}
