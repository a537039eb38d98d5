using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Addresses of networks and links.</content>
internal sealed partial class ConditionBuilder
{
    /// <summary>A test of the source, of the destination, of either or both.</summary>
    private static Condition Directed(DirectionWord direction, int column, Func<bool, Condition> ofSource)
    {
        switch (direction)
        {
            case DirectionWord.Source:
                return ofSource(true);
            case DirectionWord.Destination:
                return ofSource(false);
            case DirectionWord.Both:
                Condition source = ofSource(true);
                return And(source, ofSource(false));
            case DirectionWord.None or DirectionWord.Either:
                Condition either = ofSource(true);
                return Or(either, ofSource(false));
            default:
                throw new FilterRefusedException(column, $"\"{Head.Text(direction)}\" is for addresses of 802.11 frames only");
        }
    }

    private Condition Host4(uint address, uint mask, IdNode id)
    {
        Head head = id.Head!.Value;
        string kind = head.Type == TypeWord.Net ? "net" : "host";
        switch (head.Protocol)
        {
            case ProtocolWord.None:
                Condition ip = Host4At(EtherIp, 12, 16, address, mask, id);
                if (_layout.LabelDepth > 0)
                {
                    return ip;
                }

                Condition arp = Host4At(EtherArp, 14, 24, address, mask, id);
                return AnyOf(ip, arp, Host4At(EtherRarp, 14, 24, address, mask, id));
            case ProtocolWord.Ip:
                return Host4At(EtherIp, 12, 16, address, mask, id);
            case ProtocolWord.Arp:
                return Host4At(EtherArp, 14, 24, address, mask, id);
            case ProtocolWord.Rarp:
                return Host4At(EtherRarp, 14, 24, address, mask, id);
            default:
                throw new FilterRefusedException(id.Column, $"\"{head.ProtocolText}\" has no {kind} addresses of IPv4");
        }
    }

    private Condition Host4At(uint protocol, uint source, uint destination, uint address, uint mask, IdNode id) =>
        Directed(id.Head!.Value.Direction, id.Column, isSource =>
            And(Inside(protocol, id.Column), Equal(Network + (isSource ? source : destination), 4, mask, address)));

    private Condition Host6(ReadOnlySpan<byte> address, uint prefix, IdNode id)
    {
        Head head = id.Head!.Value;
        if (head.Protocol is not (ProtocolWord.None or ProtocolWord.Ip6))
        {
            throw new FilterRefusedException(id.Column, $"\"{head.ProtocolText}\" has no addresses of IPv6");
        }

        var words = new (uint Mask, uint Value)[4];
        for (int i = 0; i < 4; i++)
        {
            int bits = Math.Clamp((int)prefix - (i * 32), 0, 32);
            uint mask = bits == 0 ? 0 : uint.MaxValue << (32 - bits);
            words[i] = (mask, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address[(i * 4)..]));
        }

        return Directed(head.Direction, id.Column, isSource =>
        {
            PacketOffset place = Network + (isSource ? 8u : 24u);
            Condition all = Inside(EtherIp6, id.Column);
            for (uint i = 0; i < 4; i++)
            {
                all = And(all, Equal(place + (i * 4), 4, words[i].Mask, words[i].Value));
            }

            return all;
        });
    }

    /// <summary>A link layer address, where the link type has them.</summary>
    private Condition LinkHost(ulong address, DirectionWord direction, int column)
    {
        if (_layout.Family == LinkFamily.Wireless)
        {
            return WirelessHost(address, direction, column);
        }

        (uint Destination, uint Source)? places = LinkAddresses();
        if (places is not { } at)
        {
            throw NotHere(column, "there are no Ethernet addresses");
        }

        if (direction >= DirectionWord.Address1)
        {
            throw NotHere(column, $"\"{Head.Text(direction)}\" is of 802.11 frames only, not");
        }

        Condition test = Directed(direction, column, isSource => SixBytes(_layout.LinkHeader + (isSource ? at.Source : at.Destination), address));
        return AndIf(HasLinkHeader(), test);
    }

    private (uint Destination, uint Source)? LinkAddresses() => _layout.LinkType switch
    {
        1 or 240 or 241 => (0, 6),
        10 => (1, 7),
        6 => (2, 8),
        122 => (2, 10),
        _ => null,
    };

    private ChainCondition SixBytes(PacketOffset place, ulong address) =>
        And(Equal(place + 2, 4, (uint)address), Equal(place, 2, (uint)(address >> 32)));

    private Condition Broadcast(PrimitiveNode node)
    {
        if (node.Protocol == ProtocolWord.Ip)
        {
            Condition ip = Inside(EtherIp, node.Column);
            uint hosts = ~_options.NetworkMask;
            return And(ip, Or(Equal(Network + 16, 4, hosts, 0), Equal(Network + 16, 4, hosts, hosts)));
        }

        if (node.Protocol is not (ProtocolWord.None or ProtocolWord.Link))
        {
            throw new FilterRefusedException(node.Column, "only the link layer and IPv4 have broadcasts", "\"broadcast\" or \"ip broadcast\"");
        }

        if (_layout.Family == LinkFamily.Arcnet)
        {
            return Equal(_layout.LinkHeader + 1, 1, 0);
        }

        return LinkAddresses() is null && _layout.Family != LinkFamily.Wireless
            ? throw NotHere(node.Column, "there are no broadcasts")
            : LinkHost(0xffff_ffff_ffff, DirectionWord.Destination, node.Column);
    }

    private Condition Multicast(PrimitiveNode node)
    {
        switch (node.Protocol)
        {
            case ProtocolWord.Ip:
                return And(Inside(EtherIp, node.Column), Test(Comparison.GreaterOrEqual, Load(Network + 16, 1), 224));
            case ProtocolWord.Ip6:
                return And(Inside(EtherIp6, node.Column), Equal(Network + 24, 1, 255));
            case ProtocolWord.None or ProtocolWord.Link:
                break;
            default:
                throw new FilterRefusedException(
                    node.Column, "only the link layer, IPv4 and IPv6 have multicasts", "\"multicast\", \"ip multicast\" or \"ip6 multicast\"");
        }

        if (_layout.Family == LinkFamily.Arcnet)
        {
            return Equal(_layout.LinkHeader + 1, 1, 0);
        }

        if (_layout.Family == LinkFamily.Wireless)
        {
            return WirelessMulticast();
        }

        return LinkAddresses() is { } at
            ? AndIf(HasLinkHeader(), AnyBit(_layout.LinkHeader + at.Destination, 1, 1))
            : throw NotHere(node.Column, "there are no multicasts");
    }

    private ChainCondition DecnetHost(uint address, IdNode id) => And(Inside(EtherDecnet, id.Column), Directed(id.Head!.Value.Direction, id.Column, isSource =>
    {
        // Long header or short one, each with or without a byte of padding in front; numbers are little-endian.
        uint swapped = ((address & 0xff) << 8) | (address >> 8);
        uint shortPlace = isSource ? 5u : 3u;
        uint longPlace = isSource ? 17u : 9u;
        return AnyOf(
            And(Equal(Network + 2, 1, 0x07, 0x02), Equal(Network + shortPlace, 2, swapped)),
            And(Equal(Network + 2, 2, 0xff07, 0x8102), Equal(Network + shortPlace + 1, 2, swapped)),
            And(Equal(Network + 2, 1, 0x07, 0x06), Equal(Network + longPlace, 2, swapped)),
            And(Equal(Network + 2, 2, 0xff07, 0x8106), Equal(Network + longPlace + 1, 2, swapped)));
    }));
}
