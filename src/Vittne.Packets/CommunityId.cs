using System.Buffers.Binary;

namespace Vittne.Packets;

/// <summary>Community ID flow hash, version 1: the name of a flow that other tools print too.</summary>
public static class CommunityId
{
    private const string Version = "1:";
    private const int MaxInputLength = 2 + (2 * IpAddress.V6Length) + 2 + 4;

    /// <summary>
    /// The Community ID of a flow. For ICMP and ICMPv6 the ports carry type and code, and <paramref name="a"/> is the sender: types that have a
    /// counterpart (echo request and reply, …) give one value for both directions, one-way types keep the sender first. Otherwise the order does not matter.
    /// </summary>
    /// <param name="a">Address of the sender.</param>
    /// <param name="b">Address of the receiver.</param>
    /// <param name="portA">Its port, or the ICMP type; ignored for protocols other than TCP, UDP, SCTP and ICMP.</param>
    /// <param name="portB">The receiver's port, or the ICMP code; ignored likewise.</param>
    /// <param name="protocol">IP protocol number.</param>
    /// <param name="seed">Seed that all tools of a site share; 0 by default.</param>
    public static string Compute(in IpAddress a, in IpAddress b, ushort portA, ushort portB, byte protocol, ushort seed)
    {
        bool isOneWay = false;
        ushort first = portA;
        ushort second = portB;
        if (protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            int counterpart = IcmpCounterpart.Of(protocol, portA);
            isOneWay = counterpart < 0;
            second = isOneWay ? portB : (ushort)counterpart;
        }

        int order = a.CompareTo(b);
        bool isSwapped = !isOneWay && (order > 0 || (order == 0 && first > second));
        Span<byte> input = stackalloc byte[MaxInputLength];
        BinaryPrimitives.WriteUInt16BigEndian(input, seed);
        int length = sizeof(ushort);
        length += (isSwapped ? b : a).Write(input[length..]);
        length += (isSwapped ? a : b).Write(input[length..]);
        input[length++] = protocol;
        input[length++] = 0;
        if (protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(input[length..], isSwapped ? second : first);
            BinaryPrimitives.WriteUInt16BigEndian(input[(length + 2)..], isSwapped ? first : second);
            length += 4;
        }

        Span<byte> digest = stackalloc byte[ShortSha1.HashLength];
        ShortSha1.Compute(input[..length], digest);
        return Version + Convert.ToBase64String(digest);
    }
}
