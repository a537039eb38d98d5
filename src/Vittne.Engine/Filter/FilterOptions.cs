using Vittne.Capture.Filters;
using Vittne.Capture.Writing;
using Vittne.Engine.Filter.Editors;
using Vittne.Engine.Filter.Files;

namespace Vittne.Engine.Filter;

/// <summary>Which packets of which captures go where.</summary>
public sealed record FilterOptions
{
    /// <summary>Capture files in order; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    /// <summary>The file to write, <c>-</c> for standard output; null to count only.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Whether pcapng is written; else pcap.</summary>
    public bool IsPcapng { get; init; }

    /// <summary>Unit of time of a pcap file: true for nanoseconds, false for microseconds, null for that of the finest input.</summary>
    public bool? IsNanosecond { get; init; }

    /// <summary>Packets after which to stop.</summary>
    public long MaxPackets { get; init; } = long.MaxValue;

    /// <summary>Whether the only capture still grows: at its end more is waited for.</summary>
    public bool Follows { get; init; }

    /// <summary>Packets before this time are left out; nanoseconds since the epoch.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>Packets at this time and later ones are left out; nanoseconds since the epoch.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>Numbers of the packets that are taken, over all inputs; null for all.</summary>
    public NumberRanges? Numbers { get; init; }

    /// <summary>The expression that packets match; null for all packets.</summary>
    public PacketFilter? Expression { get; init; }

    /// <summary>Whether the expression sees frames without their VLAN tags.</summary>
    public bool IgnoresVlans { get; init; }

    /// <summary>Whether to keep what would be left out, and leave out the rest.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Bytes that are kept of each packet; null for all.</summary>
    public int? SnapLength { get; init; }

    /// <summary>Whether the length on the wire is lowered with the bytes that are kept.</summary>
    public bool AdjustsLength { get; init; }

    /// <summary>Bytes that are taken out of each packet; null for none.</summary>
    public ChopRange? Chop { get; init; }

    /// <summary>Whether packets of several inputs are put in order of time; each input is taken as it is.</summary>
    public bool IsMerged { get; init; }

    /// <summary>Whether all packets are put in order of time.</summary>
    public bool IsSorted { get; init; }

    /// <summary>Which copies are left out; null for none.</summary>
    public DuplicateOptions? Duplicates { get; init; }

    /// <summary>Nanoseconds that are added to all times.</summary>
    public long ShiftNs { get; init; }

    /// <summary>Nanoseconds by which a packet that is before the one before it is put behind that; null to leave times as they are.</summary>
    public long? OrderDeltaNs { get; init; }

    /// <summary>Whether what headers carry is left out.</summary>
    public bool StripsPayload { get; init; }

    /// <summary>Whether packets are taken out of their tunnels.</summary>
    public bool Decapsulates { get; init; }

    /// <summary>Key of the false addresses, 32 bytes; empty to keep the true ones.</summary>
    public ReadOnlyMemory<byte> AnonymisationKey { get; init; }

    /// <summary>Whether the maker's half of hardware addresses stays where addresses are false.</summary>
    public bool KeepsOui { get; init; }

    /// <summary>A series of files in place of one; null for one.</summary>
    public IFileSplit? Split { get; init; }

    /// <summary>A file for each flow (true) or pair of hosts (false); null for neither.</summary>
    public bool? SplitsByFlow { get; init; }

    /// <summary>Called with each file of a series that is complete.</summary>
    public Action<CaptureWriter>? Closed { get; init; }

    /// <summary>Called about ten times a second with the capture that is read, its bytes read and in all; null when nobody looks.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}
