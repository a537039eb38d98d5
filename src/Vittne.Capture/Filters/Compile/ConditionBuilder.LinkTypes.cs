namespace Vittne.Capture.Filters.Compile;

/// <content>Which protocol a packet's link layer says is inside.</content>
internal sealed partial class ConditionBuilder
{
    private const uint EtherIp = 0x0800;
    private const uint EtherIp6 = 0x86dd;
    private const uint EtherArp = 0x0806;
    private const uint EtherRarp = 0x8035;
    private const uint EtherAtalk = 0x809b;
    private const uint EtherAarp = 0x80f3;
    private const uint EtherDecnet = 0x6003;
    private const uint EtherIpx = 0x8137;
    private const uint EtherMpls = 0x8847;
    private const uint LongestLength = 1500;
    private const uint SapIp = 0x06;
    private const uint SapIso = 0xfe;
    private const uint SapIpx = 0xe0;
    private const uint SapNetbeui = 0xf0;
    private const uint SapStp = 0x42;

    /// <summary>The payload is of a protocol: an EtherType, or up to 1500 a service access point of IEEE 802.2.</summary>
    private Condition Inside(uint protocol, int column)
    {
        if (_layout.LabelDepth > 0)
        {
            uint version = protocol switch
            {
                EtherIp => 0x40,
                EtherIp6 => 0x60,
                _ => throw new FilterRefusedException(column, "behind an MPLS label only \"ip\" and \"ip6\" can be told"),
            };
            return And(Equal(Network + unchecked((uint)-2), 1, 0x01, 0x01), Equal(Network, 1, 0xf0, version));
        }

        PacketOffset field = _layout.LinkTypeField;
        switch (_layout.Family)
        {
            case LinkFamily.Ethernet:
                return AndIf(_layout.IsEncapsulated ? null : LaneData(), InsideEthernet(protocol));
            case LinkFamily.EtherType:
                return Equal(field, 2, protocol);
            case LinkFamily.Llc:
                return InsideLlc(protocol);
            case LinkFamily.Wireless:
                return And(DataFrame(), InsideLlc(protocol));
            case LinkFamily.SunAtm:
                return And(Equal(new PacketOffset(0), 1, 0x0f, 2), InsideLlc(protocol));
            case LinkFamily.Ppp:
                return Equal(field, 2, PppProtocol(protocol));
            case LinkFamily.CiscoHdlc:
                return Equal(field, 2, protocol == SapIso ? 0xfefe : protocol);
            case LinkFamily.Null:
                return InsideLoopback(protocol, isHostOrder: true);
            case LinkFamily.Loop:
                return InsideLoopback(protocol, isHostOrder: false);
            case LinkFamily.Raw:
                return protocol switch
                {
                    EtherIp => Equal(default, 1, 0xf0, 0x40),
                    EtherIp6 => Equal(default, 1, 0xf0, 0x60),
                    _ => new KnownCondition(false),
                };
            case LinkFamily.Ip4:
                return new KnownCondition(protocol == EtherIp);
            case LinkFamily.Ip6:
                return new KnownCondition(protocol == EtherIp6);
            case LinkFamily.Cooked:
                return InsideCooked(protocol);
            case LinkFamily.Arcnet:
                return protocol switch
                {
                    EtherIp => Or(Equal(field, 1, 0xd4), Equal(field, 1, 0xf0)),
                    EtherIp6 => Equal(field, 1, 0xc4),
                    EtherArp => Or(Equal(field, 1, 0xd5), Equal(field, 1, 0xf1)),
                    EtherRarp => Equal(field, 1, 0xd6),
                    EtherAtalk => Equal(field, 1, 0xdd),
                    _ => new KnownCondition(false),
                };
            case LinkFamily.FrameRelay:
                var nlpid = new PacketOffset(2);
                return protocol switch
                {
                    EtherIp => Equal(nlpid, 2, 0x03cc),
                    EtherIp6 => Equal(nlpid, 2, 0x038e),
                    SapIso => AnyOf(Equal(nlpid, 2, 0x0381), Equal(nlpid, 2, 0x0382), Equal(nlpid, 2, 0x0383)),
                    _ => new KnownCondition(false),
                };
            case LinkFamily.LocalTalk:
                return new KnownCondition(protocol == EtherAtalk);
            case LinkFamily.PacketFilterLog or LinkFamily.Ipnet:
                uint family6 = _layout.Family == LinkFamily.Ipnet ? 0x1au : 0x0au;
                return protocol switch
                {
                    EtherIp => Equal(new PacketOffset(1), 1, 2),
                    EtherIp6 => Equal(new PacketOffset(1), 1, family6),
                    _ => new KnownCondition(false),
                };
            case LinkFamily.Juniper:
                return Equal(default, 4, 0xffffff00, 0x4d474300);
            case LinkFamily.BacNet:
                return Equal(default, 4, 0xffff0000, 0x55ff0000);
            default:
                throw NotHere(column, "protocols cannot be told");
        }
    }

    private Condition InsideEthernet(uint protocol)
    {
        PacketOffset field = _layout.LinkTypeField;
        NotCondition isLength = Not(Greater(field, 2, LongestLength));
        return protocol switch
        {
            SapIso or SapNetbeui or SapIp => And(isLength, SameSaps(protocol)),
            SapIpx => Or(
                Equal(field, 2, EtherIpx),
                And(isLength, AnyOf(Snap(0, EtherIpx), Equal(_layout.Payload, 1, SapIpx), Equal(_layout.Payload, 2, 0xffff)))),
            EtherAtalk => Or(Equal(field, 2, protocol), And(isLength, Snap(0x080007, protocol))),
            EtherAarp => Or(Equal(field, 2, protocol), And(isLength, Snap(0, protocol))),
            <= LongestLength => And(isLength, Equal(_layout.Payload, 1, protocol)),
            _ => Equal(field, 2, protocol),
        };
    }

    private Condition InsideLlc(uint protocol) => protocol switch
    {
        SapIso or SapNetbeui or SapIp => SameSaps(protocol),
        EtherAtalk => Snap(0x080007, protocol),
        <= LongestLength => Equal(_layout.Payload, 1, protocol),
        _ => Equal(_layout.Payload + 6, 2, protocol),
    };

    private Condition InsideCooked(uint protocol)
    {
        PacketOffset field = _layout.LinkTypeField;
        TestCondition isLlc = Equal(field, 2, 4);
        return protocol switch
        {
            SapIso or SapNetbeui or SapIp => And(isLlc, SameSaps(protocol)),
            SapIpx => AnyOf(
                Equal(field, 2, EtherIpx),
                Equal(field, 2, 1),
                And(isLlc, Or(Equal(_layout.Payload, 1, SapIpx), Snap(0, EtherIpx)))),
            EtherAtalk => Or(Equal(field, 2, protocol), And(isLlc, Snap(0x080007, protocol))),
            EtherAarp => Or(Equal(field, 2, protocol), And(isLlc, Snap(0, protocol))),
            <= LongestLength => And(isLlc, Equal(_layout.Payload, 1, protocol)),
            _ => Equal(field, 2, protocol),
        };
    }

    /// <summary>Address families of BSD, macOS, Linux: the number of IPv6 differs.</summary>
    private Condition InsideLoopback(uint protocol, bool isHostOrder)
    {
        Condition? any = null;
        foreach (uint family in protocol switch { EtherIp => "\u0002", EtherIp6 => "\u001e\u0018\u001c\u000a", _ => "" })
        {
            Condition one = Equal(_layout.LinkTypeField, 4, family);
            if (isHostOrder)
            {
                // The machine that captured need not be like this one.
                one = Or(Equal(_layout.LinkTypeField, 4, family << 24), one);
            }

            any = any is null ? one : Or(any, one);
        }

        return any ?? new KnownCondition(false);
    }

    private TestCondition SameSaps(uint sap) => Equal(_layout.Payload, 2, (sap << 8) | sap);

    private ChainCondition Snap(uint organisation, uint protocol) => And(
        Equal(_layout.Payload + 4, 4, (organisation << 16) | protocol),
        Equal(_layout.Payload, 4, 0xaaaa0300 | (organisation >> 16)));

    private static uint PppProtocol(uint protocol) => protocol switch
    {
        EtherIp => 0x21,
        EtherIp6 => 0x57,
        EtherDecnet => 0x27,
        EtherAtalk => 0x29,
        0x0600 => 0x25,
        SapIso => 0x23,
        SapStp => 0x31,
        SapIpx => 0x2b,
        _ => protocol,
    };

    /// <summary>A frame of LAN emulation that holds data, no control; null elsewhere.</summary>
    private NotCondition? LaneData() => _layout.IsLane ? Not(Equal(_layout.PreviousLinkHeader, 2, 0xff00)) : null;

    /// <summary>A payload of GENEVE that is an Ethernet frame, or data of LAN emulation; null where it always is one.</summary>
    private NotCondition? HasLinkHeader() => _layout.IsEncapsulated && _layout.LinkHeader.Base >= 0 && _layout.Payload.Base != _layout.LinkHeader.Base
        ? Not(new TestCondition(Comparison.Equal, _layout.LinkHeader.Base, _layout.Payload.Base))
        : LaneData();
}
