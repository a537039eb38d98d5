using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>One packet on its way to the meter of its flow.</summary>
internal readonly ref struct MeterPacket(ref readonly DecodedPacket key, ref readonly PacketMeasure measure)
{
    /// <summary>Addresses and ports; for ICMP ports that pair questions with answers.</summary>
    public readonly ref readonly DecodedPacket Key = ref key;

    /// <summary>What is counted.</summary>
    public readonly ref readonly PacketMeasure Measure = ref measure;

    /// <summary>Its transport payload.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>How many tunnels are inside of it, and so on which level of the packet the flow is; 0 for the innermost one.</summary>
    public byte Level { get; init; }

    /// <summary>1 for an ICMP question, -1 for an answer, 0 for everything else.</summary>
    public int IcmpRole { get; init; }

    /// <summary>The batch that holds it.</summary>
    public required DecodedBatch Batch { get; init; }

    /// <summary>Its place there.</summary>
    public required int Index { get; init; }

    /// <summary>Where its innermost IP header lies; -1 when that is not known.</summary>
    public required int Network { get; init; }

    /// <summary>True when it went the short way: neither VLAN nor label nor tunnel.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The tunnels around it, outermost first.</summary>
    public required TunnelLayer[] Tunnel { get; init; }

    /// <summary>Name of the tunnel that it carries; null for none.</summary>
    public string? Carries { get; init; }

    /// <summary>Index in <see cref="DecodedBatch.Carriers"/> of the tunnel around it; -1 for none.</summary>
    public int Carrier { get; init; } = -1;

    /// <summary>True for fragments whose datagram never became whole.</summary>
    public bool IsOrphan { get; init; }

    /// <summary>Number in the run of the first of such fragments: many are told at one packet.</summary>
    public long OrphanOrdinal { get; init; }
}
