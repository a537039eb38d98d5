using System.Runtime.InteropServices;

namespace Vittne.Packets;

/// <summary>What the headers of one packet say, innermost first. Plain numbers: arrays of it live as long as a batch.</summary>
[StructLayout(LayoutKind.Auto)]
public struct DecodedPacket
{
    /// <summary>Sender in the innermost IP header.</summary>
    public IpAddress Source;

    /// <summary>Receiver in the innermost IP header.</summary>
    public IpAddress Destination;

    /// <summary>Identifies the chain of tunnels, the same in both directions; 0 without tunnel. Part of the flow key.</summary>
    public ulong TunnelKey;

    /// <summary>Hash of the unordered flow key; equal in both directions.</summary>
    public uint FlowHash;

    /// <summary>TCP sequence number.</summary>
    public uint SequenceNumber;

    /// <summary>TCP acknowledgment number.</summary>
    public uint AcknowledgmentNumber;

    /// <summary>Where the transport payload starts, in the packet's bytes or in its reassembled datagram.</summary>
    public int PayloadOffset;

    /// <summary>Transport payload bytes that are there.</summary>
    public int PayloadLength;

    /// <summary>Transport payload bytes that the headers announce; larger than <see cref="PayloadLength"/> when cut.</summary>
    public int PayloadWireLength;

    /// <summary>Index in <see cref="DecodedBatch.Datagrams"/>, or -1 when the payload lies in the packet itself.</summary>
    public int Datagram;

    /// <summary>Index in <see cref="DecodedBatch.Tunnels"/>, or -1 without tunnel.</summary>
    public int Tunnel;

    /// <summary>Source port; for ICMP and ICMPv6 the type.</summary>
    public ushort SourcePort;

    /// <summary>Destination port; for ICMP and ICMPv6 the code.</summary>
    public ushort DestinationPort;

    /// <summary>TCP window as in the header, not scaled.</summary>
    public ushort Window;

    /// <summary>TCP urgent pointer; of meaning when the URG flag is set.</summary>
    public ushort UrgentPointer;

    /// <summary>The 12 low bits of bytes 12-13 of the TCP header: 3 reserved bits and 9 flags.</summary>
    public ushort TcpFlags;

    /// <summary>What is set.</summary>
    public DecodedFlags Flags;

    /// <summary>IP protocol number of the innermost packet's transport.</summary>
    public byte Protocol;

    /// <summary>Time to live or hop limit.</summary>
    public byte TimeToLive;

    /// <summary>First thing that is wrong; why the packet was not decoded when <see cref="DecodedFlags.HasIp"/> is not set.</summary>
    public AnomalyKind Anomaly;
}
