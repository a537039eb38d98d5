using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>What is made of streams.</summary>
public sealed record StreamsOptions
{
    // Twice the longest life of a segment (RFC 9293 section 3.4.2 takes 2 minutes for one; systems wait for 60 s in all).
    private const long LingerNs = 120_000_000_000;

    /// <summary>The folder that files go into; it is there.</summary>
    public required string Folder { get; init; }

    /// <summary>How files are named.</summary>
    public NameTemplate Names { get; init; } = NameTemplate.Default;

    /// <summary>Whether TCP streams become files.</summary>
    public bool TakesTcp { get; init; } = true;

    /// <summary>Whether datagrams of UDP become files.</summary>
    public bool TakesUdp { get; init; } = true;

    /// <summary>Whether each datagram of UDP is preceded by its length, four bytes in network order.</summary>
    public bool FramesDatagrams { get; init; }

    /// <summary>Which copy of a byte counts when segments overlap.</summary>
    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.First;

    /// <summary>Who is shown the streams instead of writing them into files; null for files.</summary>
    public IStreamConsole? Console { get; init; }

    /// <summary>Bytes of each direction that are kept.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>A sequence number that jumps further than this begins another stream, bytes.</summary>
    public int MaxSeek { get; init; } = 16 << 20;

    /// <summary>Whether bodies of HTTP answers become files of their own.</summary>
    public bool WritesBodies { get; init; }

    /// <summary>Whether bodies of HTTP requests do as well.</summary>
    public bool WritesRequestBodies { get; init; }

    /// <summary>Whether content codings of bodies are undone.</summary>
    public bool DecodesBodies { get; init; } = true;

    /// <summary>Whether the SHA-256 of each file is told.</summary>
    public bool HashesFiles { get; init; }

    /// <summary>Bytes of streams that wait in memory for being written, over all workers.</summary>
    public long MemoryBytes { get; init; } = 32 << 20;

    /// <summary>Files that stay open at once, over all workers.</summary>
    public int OpenFiles { get; init; } = 512;

    /// <summary>Flows kept at once; beyond it those that are half open or closed end first.</summary>
    public int MaxFlows { get; init; } = 1 << 18;

    /// <summary>Bounds and time-outs of flows. An open connection may be silent for days: its next bytes belong to the same file.</summary>
    internal FlowOptions Flows => new()
    {
        Overlap = Overlap,
        MaxSeek = MaxSeek,
        KeepsUrgentBytes = true,
        EstablishedTimeoutNs = long.MaxValue / 4,
        LingerNs = LingerNs,
        MaxFlows = MaxFlows,
    };

    /// <summary>Whether a protocol's payload becomes files.</summary>
    internal bool Takes(byte protocol) => protocol switch { IpProtocol.Tcp => TakesTcp, IpProtocol.Udp => TakesUdp, _ => false };
}
