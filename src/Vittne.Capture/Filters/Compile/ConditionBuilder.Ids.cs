using System.Net;
using System.Net.Sockets;
using Vittne.Capture.Filters.Names;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Ids: what they name depends on the qualifiers in front of them.</content>
internal sealed partial class ConditionBuilder
{
    private Condition Id(IdNode id)
    {
        if (id.Head is not { } head)
        {
            throw new FilterRefusedException(
                id.Column, $"\"{id.Text}\" has no qualifier, and what stands before it has none to take over", "\"host\", \"net\", \"port\" or another");
        }

        switch (id.Kind)
        {
            case IdKind.Mac:
                return head.Protocol == ProtocolWord.Link && head.Type is TypeWord.None or TypeWord.Host
                    ? LinkHost(AddressText.Mac(id.Text), head.Direction, id.Column)
                    : throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is an Ethernet address", "\"ether\" before it");
            case IdKind.Arcnet:
                return ArcnetHost(id, head);
            case IdKind.Address6 or IdKind.Address6Length:
                return Address6(id, head);
            case IdKind.Name:
                return Name(id, head);
            default:
                break;
        }

        switch (head.Type)
        {
            case TypeWord.None or TypeWord.Host or TypeWord.Net:
                return Address4(id, head);
            case TypeWord.Port or TypeWord.PortRange:
                uint port = Plain(id, "a port number or the name of a service");
                return port > 65_535
                    ? throw new FilterRefusedException(id.Column, $"{id.Text} is no port", "a number up to 65535")
                    : Ports(port, port, Transports(head, id.Column), head.Direction, id.Column);
            case TypeWord.Protocol:
                return Protocol(Plain(id, "a protocol number"), head.Protocol, id.Column);
            case TypeWord.ProtocolChain:
                return Chain(Plain(id, "a protocol number"), head.Protocol, id.Column);
            default:
                throw new FilterRefusedException(id.Column, "\"gateway\" needs a name");
        }
    }

    private static uint Plain(IdNode id, string expected) =>
        id.Kind == IdKind.Number ? id.Number : throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is an address", expected);

    private Condition Address4(IdNode id, Head head)
    {
        if (head.Protocol == ProtocolWord.Link)
        {
            throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is no address of a link layer", "an Ethernet address");
        }

        if (head.Protocol == ProtocolWord.Decnet)
        {
            return DecnetHost(AddressText.Decnet(id), id);
        }

        bool isNet = head.Type == TypeWord.Net;
        if (id.Kind == IdKind.Number)
        {
            uint number = id.Number;
            uint mask = uint.MaxValue;
            while (isNet && number != 0 && (number & 0xff000000) == 0)
            {
                number <<= 8;
                mask <<= 8;
            }

            return Host4(number, mask, id);
        }

        uint address = AddressText.Dotted(id.Text, id.Column, out int bits);
        uint implied = bits == 0 ? 0 : uint.MaxValue << (32 - bits);
        switch (id.Kind)
        {
            case IdKind.AddressLength:
                if (!isNet && head.Type == TypeWord.None && head.Direction == DirectionWord.None)
                {
                    throw new FilterRefusedException(id.Column, "a prefix is of a network", "\"net\" before it");
                }

                if (!isNet && head.Type is not (TypeWord.None or TypeWord.Host))
                {
                    throw new FilterRefusedException(id.Column, $"\"{id.Text}/{id.Number}\" is a network", "a number or a name");
                }

                if (id.Number > 32)
                {
                    throw new FilterRefusedException(id.Column, $"/{id.Number} is too long", "a prefix of up to 32 bits");
                }

                uint mask = id.Number == 0 ? 0 : uint.MaxValue << (32 - (int)id.Number);
                return Host4(Network4(address, mask, id), mask, id);
            case IdKind.AddressMask:
                if (!isNet)
                {
                    throw new FilterRefusedException(id.Column, "a mask is of a network", "\"net\" before it");
                }

                uint given = AddressText.Dotted(id.Mask!, id.Column, out _);
                return Host4(Network4(address, given, id), given, id);
            default:
                return Host4(address, implied, id);
        }
    }

    private static uint Network4(uint address, uint mask, IdNode id) => (address & ~mask) == 0
        ? address
        : throw new FilterRefusedException(id.Column, $"bits of a host are set in the network \"{id.Text}\"");

    private Condition Address6(IdNode id, Head head)
    {
        if (head.Type is not (TypeWord.None or TypeWord.Host or TypeWord.Net))
        {
            throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is an address", "a number or a name");
        }

        if (id.Number > 128)
        {
            throw new FilterRefusedException(id.Column, $"/{id.Number} is too long", "a prefix of up to 128 bits");
        }

        bool isWhole = id.Number == 128;
        if (head.Type != TypeWord.Net && !isWhole && head.Direction == DirectionWord.None)
        {
            throw new FilterRefusedException(id.Column, "a prefix is of a network", "\"net\" before it");
        }

        byte[] address = IPAddress.Parse(id.Text).GetAddressBytes();
        for (int bit = (int)id.Number; bit < 128; bit++)
        {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                throw new FilterRefusedException(id.Column, $"bits of a host are set in the network \"{id.Text}/{id.Number}\"");
            }
        }

        return Host6(address, id.Number, id);
    }

    private Condition ArcnetHost(IdNode id, Head head)
    {
        if (_layout.Family != LinkFamily.Arcnet || head.Protocol != ProtocolWord.Link || head.Type is not (TypeWord.None or TypeWord.Host))
        {
            throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is an ARCNET address", "an address of the packets' kind", dependsOnLinkType: true);
        }

        // libpcap takes the dollar sign for a digit: `$5` is 0xd5 there. Which is what its users filter with.
        uint address = id.Text.Length == 2 ? 0xd0 | id.Number : id.Number;
        return Directed(head.Direction, id.Column, isSource => Equal(_layout.LinkHeader + (isSource ? 0u : 1u), 1, address));
    }

    private Condition Name(IdNode id, Head head)
    {
        switch (head.Type)
        {
            case TypeWord.Port:
                return Service(id, head);
            case TypeWord.PortRange:
                return ServiceRange(id, head);
            case TypeWord.Protocol:
                return Protocol(ProtocolNumber(id, head), head.Protocol, id.Column);
            case TypeWord.ProtocolChain:
                return Chain(ProtocolNumber(id, head), head.Protocol, id.Column);
            case TypeWord.Gateway:
                throw new FilterRefusedException(id.Column, "\"gateway\" needs the Ethernet addresses of hosts, which are not known here");
            default:
                return ResolvedHost(id, head);
        }
    }

    private static uint ProtocolNumber(IdNode id, Head head)
    {
        int number;
        bool found = head.Protocol switch
        {
            ProtocolWord.Link => ProtocolNames.TryFindLink(id.Text, out number),
            ProtocolWord.Iso => ProtocolNames.TryFindIso(id.Text, out number),
            ProtocolWord.None or ProtocolWord.Ip or ProtocolWord.Ip6 => ProtocolNames.TryFindInternet(id.Text, out number),
            _ => throw new FilterRefusedException(id.Column, $"\"{head.ProtocolText} proto\" has no names", "a number"),
        };
        return found ? (uint)number : throw new FilterRefusedException(id.Column, $"no protocol is named \"{id.Text}\"", "the name of a protocol or a number");
    }

    private Condition ResolvedHost(IdNode id, Head head)
    {
        if (head.Protocol is ProtocolWord.Link or ProtocolWord.Decnet)
        {
            throw new FilterRefusedException(id.Column, $"\"{id.Text}\" is no address", head.Protocol == ProtocolWord.Link ? "an Ethernet address" : "an address such as 1.5");
        }

        if (_options.Resolver is not { } resolver)
        {
            throw new FilterRefusedException(id.Column, $"name \"{id.Text}\" is not looked up; add --resolve to ask this machine's resolver");
        }

        Condition? any = null;
        foreach (IPAddress address in resolver(id.Text))
        {
            byte[] bytes = address.GetAddressBytes();
            Condition? one = (address.AddressFamily, head.Protocol) switch
            {
                (AddressFamily.InterNetwork, not ProtocolWord.Ip6) =>
                    Host4(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), uint.MaxValue, id),
                (AddressFamily.InterNetworkV6, ProtocolWord.None or ProtocolWord.Ip6) => Host6(bytes, 128, id),
                _ => null,
            };
            any = any is null || one is null ? any ?? one : Or(any, one);
        }

        return any ?? throw new FilterRefusedException(id.Column, $"the resolver knows no address of \"{id.Text}\"");
    }
}
