using Vittne.Capture.Filters.Names;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Ports, protocols and chains of headers.</content>
internal sealed partial class ConditionBuilder
{
    private const uint Tcp = 6;
    private const uint Udp = 17;
    private const uint Sctp = 132;
    private const uint Icmp6 = 58;
    private const uint Fragment = 44;

    private static readonly uint[] AllTransports = [Sctp, Tcp, Udp];

    private static uint[] Transports(Head head, int column) => head.Protocol switch
    {
        ProtocolWord.None => AllTransports,
        ProtocolWord.Tcp => [Tcp],
        ProtocolWord.Udp => [Udp],
        ProtocolWord.Sctp => [Sctp],
        _ => throw new FilterRefusedException(column, $"\"{head.ProtocolText}\" has no ports", "\"tcp\", \"udp\", \"sctp\" or nothing before the port"),
    };

    private ChainCondition Ports(uint low, uint high, uint[] transports, DirectionWord direction, int column)
    {
        (low, high) = (Math.Min(low, high), Math.Max(low, high));
        Condition ip6 = Inside(EtherIp6, column);
        ip6 = And(ip6, AnyTransport(transports, transport => And(
            Equal(Network + 6, 1, transport),
            Directed(direction, column, isSource => PortAt(Network + (isSource ? 40u : 42u), low, high)))));
        Condition ip = Inside(EtherIp, column);
        ip = And(ip, AnyTransport(transports, transport => AnyOf3(
            Equal(Network + 9, 1, transport),
            NotLaterFragment(),
            Directed(direction, column, isSource => PortAt(Transport + (isSource ? 0u : 2u), low, high)))));
        return Or(ip6, ip);
    }

    private static Condition AnyTransport(uint[] transports, Func<uint, Condition> of)
    {
        Condition any = of(transports[0]);
        for (int i = 1; i < transports.Length; i++)
        {
            any = Or(any, of(transports[i]));
        }

        return any;
    }

    private static ChainCondition AnyOf3(Condition first, Condition second, Condition third) => new(first, [(true, second), (true, third)]);

    private Condition PortAt(PacketOffset place, uint low, uint high) => low == high
        ? Equal(place, 2, low)
        : And(Test(Comparison.GreaterOrEqual, Load(place, 2), low), Not(Greater(place, 2, high)));

    private NotCondition NotLaterFragment() => Not(AnyBit(Network + 6, 2, 0x1fff));

    /// <summary>Where the payload of IPv4 begins.</summary>
    private PacketOffset Transport
    {
        get
        {
            PacketOffset network = Network;
            if (network.Base < 0)
            {
                return new PacketOffset(network.Constant, _values.HeaderLength(network.Constant));
            }

            int words = _values.Binary(ValueOperation.And, Load(network, 1), _values.Constant(0x0f));
            int bytes = _values.Binary(ValueOperation.ShiftLeft, words, _values.Constant(2));
            return new PacketOffset(network.Constant, _values.Binary(ValueOperation.Add, bytes, network.Base));
        }
    }

    private ChainCondition Service(IdNode id, Head head)
    {
        uint[] transports = Transports(head, id.Column);
        (uint port, bool isTcp, bool isUdp, bool isSctp) = FindService(id.Text, id.Column);
        if (head.Protocol == ProtocolWord.None)
        {
            transports = (isTcp, isUdp, isSctp) switch
            {
                (true, true, _) => AllTransports,
                (true, false, _) => [Tcp],
                (false, true, _) => [Udp],
                _ => [Sctp],
            };
            if (isTcp && ServiceNames.TryFind(id.Text, out ServicePorts ports) && ports.Udp is { } udp && udp != ports.Tcp)
            {
                return Or(Ports(port, port, [Tcp], head.Direction, id.Column), Ports(udp, udp, [Udp], head.Direction, id.Column));
            }
        }
        else if ((head.Protocol == ProtocolWord.Tcp && !isTcp) || (head.Protocol == ProtocolWord.Udp && !isUdp)
            || (head.Protocol == ProtocolWord.Sctp && !isSctp && !(isTcp && isUdp)))
        {
            throw new FilterRefusedException(id.Column, $"the service \"{id.Text}\" is not of {head.ProtocolText.ToUpperInvariant()}");
        }
        else if (head.Protocol == ProtocolWord.Udp && ServiceNames.TryFind(id.Text, out ServicePorts ports))
        {
            port = ports.Udp!.Value;
        }

        return Ports(port, port, transports, head.Direction, id.Column);
    }

    private static (uint Port, bool IsTcp, bool IsUdp, bool IsSctp) FindService(string name, int column)
    {
        if (!ServiceNames.TryFind(name, out ServicePorts ports))
        {
            throw new FilterRefusedException(column, $"no service is named \"{name}\"", "the name of a service or a port number");
        }

        uint port = ports.Tcp ?? ports.Udp ?? ports.Sctp ?? 0u;
        return (port, ports.Tcp is not null, ports.Udp is not null, ports.Sctp is not null);
    }

    private ChainCondition ServiceRange(IdNode id, Head head)
    {
        uint[] transports = Transports(head, id.Column);
        string[] parts = id.Text.Split('-');
        (uint Port, int Transport) low, high;
        if (parts.Length >= 2 && uint.TryParse(parts[0], out uint first) && uint.TryParse(LeadingDigits(parts[1]), out uint last))
        {
            // What follows the second number is not looked at, as ever.
            (low, high) = ((first, 0), (last, 0));
        }
        else if (parts.Length == 1)
        {
            low = high = Bound(parts[0], head, id);
        }
        else
        {
            int dash = id.Text.IndexOf('-', StringComparison.Ordinal);
            (low, high) = (Bound(id.Text[..dash], head, id), Bound(id.Text[(dash + 1)..], head, id));
        }

        if (low.Port > 65_535 || high.Port > 65_535)
        {
            throw new FilterRefusedException(id.Column, $"\"{id.Text}\" holds no ports", "two numbers up to 65535");
        }

        if (head.Protocol == ProtocolWord.None && low.Transport == high.Transport && low.Transport != 0)
        {
            transports = [(uint)low.Transport];
        }

        return Ports(low.Port, high.Port, transports, head.Direction, id.Column);
    }

    private static (uint Port, int Transport) Bound(string text, Head head, IdNode id)
    {
        if (uint.TryParse(text, out uint number))
        {
            return (number, 0);
        }

        if (!ServiceNames.TryFind(text, out ServicePorts ports))
        {
            throw new FilterRefusedException(id.Column, $"\"{text}\" in the range \"{id.Text}\" is no port", "two ports with \"-\" between");
        }

        bool isWrong = (head.Protocol == ProtocolWord.Tcp && ports.Tcp is null) || (head.Protocol == ProtocolWord.Udp && ports.Udp is null);
        if (isWrong)
        {
            throw new FilterRefusedException(id.Column, $"the service \"{text}\" is not of {head.ProtocolText.ToUpperInvariant()}");
        }

        ushort port = (head.Protocol == ProtocolWord.Udp ? ports.Udp : ports.Tcp) ?? ports.Udp ?? ports.Sctp ?? 0;
        return (port, ports.Tcp is not null && ports.Udp is not null ? 0 : ports.Tcp is not null ? (int)Tcp : ports.Udp is not null ? (int)Udp : (int)Sctp);
    }

    private static ReadOnlySpan<char> LeadingDigits(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text.AsSpan(0, end);
    }

    private Condition Protocol(uint number, ProtocolWord protocol, int column)
    {
        switch (protocol)
        {
            case ProtocolWord.None:
                Condition ip = Protocol(number, ProtocolWord.Ip, column);
                return Or(ip, Protocol(number, ProtocolWord.Ip6, column));
            case ProtocolWord.Link:
                return number is > 65_535 or (> 255 and <= LongestLength)
                    ? throw new FilterRefusedException(column, $"{number} is no link layer protocol", "a number from 1501 to 65535, or up to 255")
                    : Inside(number, column);
            case ProtocolWord.Ip:
                Limit(number, 255, column);
                Condition inside = Inside(EtherIp, column);
                return And(inside, Equal(Network + 9, 1, number));
            case ProtocolWord.Ip6:
                Limit(number, 255, column);
                Condition inside6 = Inside(EtherIp6, column);
                return And(inside6, Or(Equal(Network + 6, 1, number), And(Equal(Network + 6, 1, Fragment), Equal(Network + 40, 1, number))));
            case ProtocolWord.Iso:
                Limit(number, 255, column);
                return Iso(number, column);
            case ProtocolWord.Isis:
                Limit(number, 31, column);
                return And(Iso(0x83, column), Equal(_layout.Payload + _layout.NetworkWithoutSnap + 4, 1, number));
            default:
                throw new FilterRefusedException(column, $"\"{Head.Text(protocol)}\" has no protocol numbers", "\"ip\", \"ip6\", \"ether\", \"iso\", \"isis\" or nothing");
        }
    }

    private static void Limit(uint number, uint most, int column)
    {
        if (number > most)
        {
            throw new FilterRefusedException(column, $"{number} is too large", $"a number up to {most}");
        }
    }

    private Condition Iso(uint number, int column) => _layout.Family switch
    {
        LinkFamily.FrameRelay => Equal(new PacketOffset(2), 2, 0x0300 | number),
        LinkFamily.CiscoHdlc => And(Inside(SapIso, column), Equal(_layout.Payload + _layout.NetworkWithoutSnap + 1, 1, number)),
        _ => And(Inside(SapIso, column), Equal(_layout.Payload + _layout.NetworkWithoutSnap, 1, number)),
    };

    private ChainCondition Chain(uint number, ProtocolWord protocol, int column)
    {
        if (protocol == ProtocolWord.None)
        {
            Condition either = Chain(number, ProtocolWord.Ip, column);
            return Or(either, Chain(number, ProtocolWord.Ip6, column));
        }

        if (protocol is not (ProtocolWord.Ip or ProtocolWord.Ip6))
        {
            throw new FilterRefusedException(column, $"\"{Head.Text(protocol)}\" has no chain of headers", "\"ip\", \"ip6\" or nothing");
        }

        Limit(number, 255, column);
        if (Network.Base >= 0)
        {
            throw new FilterRefusedException(column, "\"protochain\" needs a link layer header of fixed length", dependsOnLinkType: true);
        }

        bool isIp6 = protocol == ProtocolWord.Ip6;
        Condition inside = Inside(isIp6 ? EtherIp6 : EtherIp, column);
        return And(inside, Test(Comparison.Equal, _values.Chain(number, _values.Constant(Network.Constant), isIp6), 1));
    }

    private Condition Abbreviation(ProtocolWord word, int column)
    {
        uint? both = word switch { ProtocolWord.Tcp => Tcp, ProtocolWord.Udp => Udp, ProtocolWord.Sctp => Sctp, ProtocolWord.Pim => 103, ProtocolWord.Ah => 51, ProtocolWord.Esp => 50, _ => null };
        if (both is { } number)
        {
            return Protocol(number, ProtocolWord.None, column);
        }

        uint? only4 = word switch { ProtocolWord.Icmp => 1, ProtocolWord.Igmp => 2, ProtocolWord.Igrp => 9, ProtocolWord.Vrrp or ProtocolWord.Carp => 112, _ => null };
        if (only4 is { } number4)
        {
            return Protocol(number4, ProtocolWord.Ip, column);
        }

        uint? link = word switch
        {
            ProtocolWord.Ip => EtherIp,
            ProtocolWord.Ip6 => EtherIp6,
            ProtocolWord.Arp => EtherArp,
            ProtocolWord.Rarp => EtherRarp,
            ProtocolWord.Atalk => EtherAtalk,
            ProtocolWord.Aarp => EtherAarp,
            ProtocolWord.Decnet => EtherDecnet,
            ProtocolWord.Lat => 0x6004,
            ProtocolWord.Sca => 0x6007,
            ProtocolWord.Moprc => 0x6002,
            ProtocolWord.Mopdl => 0x6001,
            ProtocolWord.Iso => SapIso,
            ProtocolWord.Stp => SapStp,
            ProtocolWord.Ipx => SapIpx,
            ProtocolWord.Netbeui => SapNetbeui,
            _ => null,
        };
        if (link is { } linkNumber)
        {
            return Inside(linkNumber, column);
        }

        return word switch
        {
            ProtocolWord.Icmp6 => Protocol(Icmp6, ProtocolWord.Ip6, column),
            ProtocolWord.Clnp => Protocol(0x81, ProtocolWord.Iso, column),
            ProtocolWord.Esis => Protocol(0x82, ProtocolWord.Iso, column),
            ProtocolWord.Isis => Protocol(0x83, ProtocolWord.Iso, column),
            ProtocolWord.L1 => AnyIsis(column, 26, 24, 18, 15, 17),
            ProtocolWord.L2 => AnyIsis(column, 27, 25, 20, 16, 17),
            ProtocolWord.Iih => AnyIsis(column, 17, 15, 16),
            ProtocolWord.Lsp => AnyIsis(column, 18, 20),
            ProtocolWord.Snp => AnyIsis(column, 27, 26, 24, 25),
            ProtocolWord.Csnp => AnyIsis(column, 24, 25),
            ProtocolWord.Psnp => AnyIsis(column, 26, 27),
            _ => throw new FilterRefusedException(column, $"\"{Head.Text(word)}\" alone says nothing", "an address, \"proto\" or \"[\" behind it"),
        };
    }

    private Condition AnyIsis(int column, params ReadOnlySpan<uint> types)
    {
        Condition any = Protocol(types[0], ProtocolWord.Isis, column);
        foreach (uint type in types[1..])
        {
            any = Or(any, Protocol(type, ProtocolWord.Isis, column));
        }

        return any;
    }
}
