namespace Vittne.Packets;

/// <summary>Which ICMP messages ask and which answer them (RFC 792, RFC 950, RFC 1256, RFC 2710, RFC 4443, RFC 4620, RFC 4861, RFC 6275).</summary>
public static class IcmpCounterpart
{
    /// <summary>The type that answers, or is answered by, messages of a type; -1 for one-way messages.</summary>
    /// <param name="protocol"><see cref="IpProtocol.Icmp"/>; any other is taken as ICMPv6.</param>
    /// <param name="type">The type.</param>
    public static int Of(byte protocol, int type) => protocol == IpProtocol.Icmp ? OfV4(type) : OfV6(type);

    private static int OfV4(int type) => type switch
    {
        8 => 0,
        0 => 8,
        9 => 10,
        10 => 9,
        13 => 14,
        14 => 13,
        15 => 16,
        16 => 15,
        17 => 18,
        18 => 17,
        _ => -1,
    };

    private static int OfV6(int type) => type switch
    {
        128 => 129,
        129 => 128,
        130 => 131,
        131 => 130,
        133 => 134,
        134 => 133,
        135 => 136,
        136 => 135,
        139 => 140,
        140 => 139,
        144 => 145,
        145 => 144,
        _ => -1,
    };
}
