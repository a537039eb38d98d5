using System.Runtime.InteropServices;

namespace Vittne.Packets.Payloads;

/// <summary>Where in one packet the outermost IP header and what it carries lie. Offsets are from the start of the packet.</summary>
[StructLayout(LayoutKind.Auto)]
public struct PacketPayload
{
    /// <summary>Start of the IP header.</summary>
    public int Network;

    /// <summary>Start of what the IP header and its extensions carry.</summary>
    public int Transport;

    /// <summary>Start of the payload; at most the end of the captured bytes.</summary>
    public int Start;

    /// <summary>Bytes of the payload that are there: never more than the IP and UDP lengths say, nor than were captured.</summary>
    public int Length;

    /// <summary>Identification of a fragment: 16 bits in IPv4, 32 in IPv6.</summary>
    public uint FragmentId;

    /// <summary>Bytes of the datagram before this fragment.</summary>
    public int FragmentOffset;

    /// <summary>IP protocol number; in IPv6 that behind the extension headers that are walked.</summary>
    public byte Protocol;

    /// <summary>True for IPv6.</summary>
    public bool IsV6;

    /// <summary>True when the packet holds a part of a datagram only.</summary>
    public bool IsFragment;

    /// <summary>True when the transport header without its options is there: ports, flags, type and code may be read.</summary>
    public bool HasTransport;
}
