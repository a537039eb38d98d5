using System.Runtime.InteropServices;
using Vittne.Capture;
using Vittne.Packets;

namespace Vittne.Engine.Grep;

/// <summary>A packet, or a datagram put together from several, that is shown.</summary>
[StructLayout(LayoutKind.Auto)]
public ref struct GrepHit
{
    /// <summary>Which capture of the run it is from, from 0.</summary>
    public int Capture;

    /// <summary>What the capture says of the packet; of a datagram, of the packet that completed it.</summary>
    public PacketRef Packet;

    /// <summary>Its number among the packets that passed the filter, from 1.</summary>
    public long Number;

    /// <summary>The captured bytes of the packet.</summary>
    public ReadOnlySpan<byte> Bytes;

    /// <summary>Sender.</summary>
    public IpAddress Source;

    /// <summary>Receiver.</summary>
    public IpAddress Destination;

    /// <summary>IP protocol number.</summary>
    public byte Protocol;

    /// <summary>True when the ports are set: TCP and UDP, with a whole header.</summary>
    public bool HasPorts;

    /// <summary>Source port.</summary>
    public ushort SourcePort;

    /// <summary>Destination port.</summary>
    public ushort DestinationPort;

    /// <summary>The eight flags of TCP; 0 for others.</summary>
    public byte TcpFlags;

    /// <summary>True when type and code are set: ICMP, ICMPv6, IGMP.</summary>
    public bool HasType;

    /// <summary>Type of ICMP, ICMPv6 or IGMP.</summary>
    public byte Type;

    /// <summary>Code of the same.</summary>
    public byte Code;

    /// <summary>True for one fragment of a datagram.</summary>
    public bool IsFragment;

    /// <summary>Bytes of the datagram before it.</summary>
    public int FragmentOffset;

    /// <summary>Identification of its datagram.</summary>
    public uint FragmentId;

    /// <summary>True for a datagram that was put together.</summary>
    public bool IsReassembled;

    /// <summary>The payload as far as it is searched and shown.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Bytes of the payload that there are.</summary>
    public int PayloadLength;

    /// <summary>True when the payload matches and the place of the match is set; false for context and with inverted searches.</summary>
    public bool HasMatch;

    /// <summary>First byte of the match in the payload.</summary>
    public int MatchStart;

    /// <summary>Bytes of the match.</summary>
    public int MatchLength;

    /// <summary>Which pattern matches, from 0.</summary>
    public int Pattern;

    /// <summary>What was searched where it is no packet: <c>stream</c>, <c>datagram</c>, <c>head</c> or <c>body</c>; null for a packet.</summary>
    public string? Part;

    /// <summary>First byte of the match in what was searched, where that is no packet.</summary>
    public long StreamOffset;

    /// <summary>Packet that the match began in, where that is another one than it was found with; else 0.</summary>
    public long FirstPacket;
}
