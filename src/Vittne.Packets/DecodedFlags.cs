namespace Vittne.Packets;

/// <summary>What a decoded packet is.</summary>
[Flags]
public enum DecodedFlags : ushort
{
    /// <summary>Nothing known.</summary>
    None = 0,

    /// <summary>Addresses and protocol are set.</summary>
    HasIp = 1,

    /// <summary>Ports are set (TCP, UDP, SCTP, UDP-Lite, DCCP).</summary>
    HasPorts = 2,

    /// <summary>The transport header was whole: TCP numbers, flags and payload are set.</summary>
    HasTransport = 4,

    /// <summary>
    /// A fragment whose datagram is not complete yet: it is neither traffic of a flow nor undecodable. The packet that completes
    /// the datagram carries its content.
    /// </summary>
    Fragment = 8,

    /// <summary>Completed by reassembly: the payload lies in <see cref="DecodedBatch.Datagrams"/>.</summary>
    Reassembled = 16,

    /// <summary>The capture holds less than the headers announce.</summary>
    Truncated = 32,

    /// <summary>Innermost network layer is IPv6.</summary>
    Ipv6 = 64,
}
