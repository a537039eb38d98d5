namespace Vittne.Packets;

/// <summary>What tells flows apart beyond protocol, addresses and ports.</summary>
[Flags]
public enum FlowKeyParts : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The tunnels around.</summary>
    Tunnel = 1,

    /// <summary>The VLAN tags in front of the innermost IP header.</summary>
    Vlan = 2,

    /// <summary>The interface of the capture.</summary>
    Interface = 4,
}
