using Vittne.Flows.Metering;

namespace Vittne.Engine.Flows;

/// <summary>How flows of captures are measured and told.</summary>
public sealed record FlowsOptions
{
    /// <summary>How they are measured.</summary>
    public FlowMeterOptions Metering { get; init; } = new();

    /// <summary>What tells flows apart beyond protocol, addresses and ports.</summary>
    public Packets.FlowKeyParts KeyParts { get; init; }

    /// <summary>True when frames without IP, ARP apart, are told as well.</summary>
    public bool TellsNonIp { get; init; }
}
