namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// Where things lie in packets of a link type. Words such as <c>vlan</c> move it for all that stands to their right in the text.
/// </summary>
internal sealed class LinkLayout
{
    /// <summary>LINKTYPE_ value.</summary>
    public required int LinkType { get; set; }

    /// <summary>How the protocol of the payload is told now.</summary>
    public LinkFamily Family { get; set; }

    /// <summary>Begin of the innermost link layer header.</summary>
    public PacketOffset LinkHeader { get; set; }

    /// <summary>Begin of the link layer header around it.</summary>
    public PacketOffset PreviousLinkHeader { get; set; }

    /// <summary>The field with the protocol of the payload.</summary>
    public PacketOffset LinkTypeField { get; set; }

    /// <summary>Payload of the link layer.</summary>
    public PacketOffset Payload { get; set; }

    /// <summary>Bytes from the payload to the network header.</summary>
    public uint Network { get; set; }

    /// <summary>The same for packets with LLC and without SNAP, such as those of ISO protocols.</summary>
    public uint NetworkWithoutSnap { get; set; }

    /// <summary>Variable with the place of the link header, and how it is found; null where it is fixed.</summary>
    public SetCondition? HeaderFinder { get; private set; }

    /// <summary>Variable with the place of the payload, and how it is found; null where it is fixed.</summary>
    public SetCondition? PayloadFinder { get; private set; }

    /// <summary>MPLS labels so far.</summary>
    public int LabelDepth { get; set; }

    /// <summary>VLAN tags so far.</summary>
    public int VlanDepth { get; set; }

    /// <summary>The header is inside GENEVE or VXLAN; the payload of the first may be without Ethernet.</summary>
    public bool IsEncapsulated { get; set; }

    /// <summary>The payload is an Ethernet frame of ATM LAN emulation.</summary>
    public bool IsLane { get; set; }

    /// <summary>The words' own names of a link type; "link type N" where it is not known.</summary>
    public string Name => $"link type {LinkTypeNames.Of((ushort)LinkType)}";

    /// <summary>The link type's own layout; where the header's length is not fixed, <paramref name="values"/> gets how to find it.</summary>
    public static LinkLayout Of(int linkType, ValuePool values)
    {
        var layout = new LinkLayout { LinkType = linkType };
        switch (linkType)
        {
            case 1 or 240 or 241:
                layout.Set(LinkFamily.Ethernet, 12, 14, 0, 3);
                layout.Shift(linkType switch { 240 => 4u, 241 => 12u, _ => 0u });
                break;
            case 6:
                layout.Set(LinkFamily.Llc, 14, 14, 8, 3);
                break;
            case 10:
                layout.Set(LinkFamily.Llc, 13, 13, 8, 3);
                break;
            case 11 or 100 or 106:
                layout.Set(LinkFamily.Llc, 0, 0, 8, 3);
                break;
            case 122:
                layout.Set(LinkFamily.Llc, 16, 16, 8, 3);
                break;
            case 123:
                layout.Set(LinkFamily.SunAtm, 4, 4, 8, 3);
                break;
            case 105 or 119 or 127 or 163 or 192:
                Wireless(layout, linkType, values);
                break;
            case 9 or 50 or 166:
                layout.Set(LinkFamily.Ppp, 2, 4, 0, 0);
                break;
            case 51:
                layout.Set(LinkFamily.Ppp, 6, 8, 0, 0);
                break;
            case 104:
                layout.Set(LinkFamily.CiscoHdlc, 2, 4, 0, 0);
                break;
            case 0 or 109:
                layout.Set(LinkFamily.Null, 0, linkType == 0 ? 4u : 12u, 0, 0);
                break;
            case 108:
                layout.Set(LinkFamily.Loop, 0, 4, 0, 0);
                break;
            case 8:
                layout.Set(LinkFamily.Raw, 0, 16, 0, 0);
                break;
            case 12 or 14 or 101:
                layout.Set(LinkFamily.Raw, 0, 0, 0, 0);
                break;
            case 228:
                layout.Set(LinkFamily.Ip4, 0, 0, 0, 0);
                break;
            case 229:
                layout.Set(LinkFamily.Ip6, 0, 0, 0, 0);
                break;
            case 113:
                layout.Set(LinkFamily.Cooked, 14, 16, 0, 0);
                break;
            case 276:
                layout.Set(LinkFamily.EtherType, 0, 20, 0, 0);
                break;
            case 7:
                layout.Set(LinkFamily.Arcnet, 2, 6, 0, 0);
                break;
            case 129:
                layout.Set(LinkFamily.Arcnet, 4, 8, 0, 0);
                break;
            case 107:
                layout.Set(LinkFamily.FrameRelay, 0, 0, 0, 0);
                break;
            case 114:
                layout.Set(LinkFamily.LocalTalk, 0, 0, 0, 0);
                break;
            case 99:
                layout.Set(LinkFamily.EtherType, 6, 44, 0, 0);
                break;
            case 138:
                layout.Set(LinkFamily.EtherType, 16, 18, 0, 0);
                break;
            case 117:
                // The length of the header is its first byte, rounded up to a multiple of 4.
                layout.Set(LinkFamily.PacketFilterLog, 0, 0, 0, 0);
                int sum = values.Binary(ValueOperation.Add, values.Load(-1, 0, 1), values.Constant(3));
                layout.FindPayload(values, values.Binary(ValueOperation.And, sum, values.Constant(0xfffffffc)));
                break;
            case 226:
                layout.Set(LinkFamily.Ipnet, 1, 24, 0, 0);
                break;
            case 165:
                // Nothing but a mark, and no payload whose place is known.
                layout.Set(LinkFamily.BacNet, 0, uint.MaxValue, uint.MaxValue, 0);
                break;
            default:
                Juniper(layout, linkType);
                break;
        }

        return layout;
    }

    /// <summary>Moves all places behind the start of the link header.</summary>
    public void Move(uint bytes)
    {
        LinkTypeField += bytes;
        Payload += bytes;
    }

    private void Set(LinkFamily family, uint field, uint payload, uint network, uint networkWithoutSnap)
    {
        Family = family;
        LinkTypeField = new PacketOffset(field);
        Payload = new PacketOffset(payload);
        Network = network;
        NetworkWithoutSnap = networkWithoutSnap;
    }

    private void Shift(uint bytes)
    {
        LinkHeader += bytes;
        Move(bytes);
    }

    private static void Wireless(LinkLayout layout, int linkType, ValuePool values)
    {
        layout.Set(LinkFamily.Wireless, 0, 0, 8, 3);
        int header = -1;
        switch (linkType)
        {
            case 119:
                header = values.Wireless(-1, LinkWalks.Prism);
                break;
            case 163:
                header = values.Load(-1, 4, 4);
                break;
            case 127 or 192:
                int high = values.Binary(ValueOperation.ShiftLeft, values.Load(-1, 3, 1), values.Constant(8));
                header = values.Binary(ValueOperation.Or, values.Load(-1, 2, 1), high);
                break;
            default:
                break;
        }

        if (header >= 0)
        {
            layout.HeaderFinder = new SetCondition(values.NewVariable(), header);
            layout.LinkHeader = new PacketOffset(0, layout.HeaderFinder.Variable);
        }

        layout.FindPayload(values, values.Wireless(header, linkType == 127 ? LinkWalks.Radiotap : LinkWalks.Plain));
        layout.LinkTypeField = layout.Payload;
    }

    private void FindPayload(ValuePool values, int value)
    {
        PayloadFinder = new SetCondition(values.NewVariable(), value);
        Payload = new PacketOffset(0, PayloadFinder.Variable);
    }

    private static void Juniper(LinkLayout layout, int linkType)
    {
        uint? payload = linkType switch
        {
            130 or 131 or 134 or 137 or 179 or 180 or 181 => 4,
            132 or 136 or 183 or 194 or 200 or 234 or 238 => uint.MaxValue,
            133 or 164 => 12,
            135 => 8,
            178 => 32,
            _ => null,
        };
        if (payload is { } bytes)
        {
            layout.Set(LinkFamily.Juniper, 0, bytes, bytes == uint.MaxValue ? uint.MaxValue : 0, 0);
        }
    }
}
