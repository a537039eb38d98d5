namespace Vittne.Flows.Analysis.Scans;

/// <summary>A host that tries many ports or hosts.</summary>
public sealed record ScanFinding : FlowFinding
{
    /// <summary><c>vertical</c> (ports of a host), <c>horizontal</c> (hosts on a port), <c>block</c> (both); <c>backscatter</c> is no scan.</summary>
    public required string Kind { get; init; }

    /// <summary>What it sends: <c>syn</c>, <c>connect</c>, <c>fin</c>, <c>null</c>, <c>xmas</c>, <c>ack</c>, <c>udp</c>, <c>sctp-init</c>, <c>icmp-sweep</c>, <c>arp-sweep</c>.</summary>
    public required string Technique { get; init; }

    /// <summary>Different hosts that were tried.</summary>
    public required int Targets { get; init; }

    /// <summary>Different ports that were tried.</summary>
    public required int Ports { get; init; }

    /// <summary>Share of the attempts that no service answered, 0 to 1.</summary>
    public required double Unanswered { get; init; }

    /// <summary>How many answered as a service does.</summary>
    public required int OpenCount { get; init; }

    /// <summary>The first of those: <c>ADDRESS:PORT</c>, or the address where there is no port.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Ports tried, as ranges, the first of them.</summary>
    public required string PortList { get; init; }
}
