using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Words that say what is inside of what, and move the offsets for all to their right.</content>
internal sealed partial class ConditionBuilder
{
    private const uint GenevePort = 6081;
    private const uint VxlanPort = 4789;

    private Condition Vlan(PrimitiveNode node)
    {
        if (_layout.LabelDepth > 0)
        {
            throw new FilterRefusedException(node.Column, "there is no VLAN tag behind an MPLS label");
        }

        if (_layout.Family is not (LinkFamily.Ethernet or LinkFamily.Wireless))
        {
            throw NotHere(node.Column, "there are no VLAN tags");
        }

        Condition tag = AnyOf(Inside(0x8100, node.Column), Inside(0x88a8, node.Column), Inside(0x9100, node.Column));
        if (node.Number is { } number)
        {
            LimitValue(node, 4095);
            tag = And(tag, Equal(_layout.Payload, 2, 0x0fff, number));
        }

        _layout.Move(4);
        _layout.VlanDepth++;
        return tag;
    }

    private Condition Mpls(PrimitiveNode node)
    {
        Condition label;
        if (_layout.LabelDepth > 0)
        {
            label = Equal(Network + unchecked((uint)-2), 1, 0x01, 0);
        }
        else
        {
            label = _layout.LinkType switch
            {
                1 or 240 or 241 or 104 => Inside(EtherMpls, node.Column),
                9 => Inside(0x0281, node.Column),
                _ => throw NotHere(node.Column, "there are no MPLS labels"),
            };
        }

        if (node.Number is { } number)
        {
            LimitValue(node, 0xfffff);
            label = And(label, Equal(Network, 4, 0xfffff000, number << 12));
        }

        _layout.Network += 4;
        _layout.NetworkWithoutSnap += 4;
        _layout.LabelDepth++;
        return label;
    }

    private Condition Pppoe(PrimitiveNode node)
    {
        Condition session = Inside(0x8864, node.Column);
        if (node.Number is { } number)
        {
            LimitValue(node, 0xffff);
            session = And(session, Equal(_layout.Payload, 4, 0x0000ffff, number));
        }

        Push(9, LinkFamily.Ppp, Network + 6, 0, 2);
        _layout.NetworkWithoutSnap = 0;
        return session;
    }

    private ChainCondition Overlay(PrimitiveNode node)
    {
        bool isGeneve = node.Word == "geneve";
        if (node.Number is not null)
        {
            LimitValue(node, 0xffffff);
        }

        // Where the outer transport payload begins, whichever IP it is in.
        int start = _values.NewVariable();
        Condition ip = Inside(EtherIp, node.Column);
        ip = new ChainCondition(ip, [
            (true, Equal(Network + 9, 1, Udp)),
            (true, NotLaterFragment()),
            (true, OverlayHeader(node, Transport, isGeneve)),
            (true, new SetCondition(start, Absolute(Transport + 8)))]);
        Condition ip6 = Inside(EtherIp6, node.Column);
        ip6 = new ChainCondition(ip6, [
            (true, Equal(Network + 6, 1, Udp)),
            (true, OverlayHeader(node, Network + 40, isGeneve)),
            (true, new SetCondition(start, Absolute(Network + 48)))]);
        Condition outer = Or(ip, ip6);
        return isGeneve ? And(outer, GeneveInside(start)) : And(outer, VxlanInside(start));
    }

    private Condition OverlayHeader(PrimitiveNode node, PacketOffset udp, bool isGeneve)
    {
        Condition header = And(
            Equal(udp + 2, 2, isGeneve ? GenevePort : VxlanPort),
            isGeneve ? Equal(udp + 8, 1, 0xc0, 0) : Equal(udp + 8, 1, 0x08, 0x08));
        return node.Number is { } network ? And(header, Equal(udp + 12, 4, 0xffffff00, network << 8)) : header;
    }

    private Condition GeneveInside(int start)
    {
        // The header's length in words of 4 bytes, then Ethernet or, by the protocol field, something else.
        int field = _values.NewVariable();
        int payload = _values.NewVariable();
        int words = Masked(_values.Load(start, 0, 1), 0x3f);
        int length = _values.Binary(ValueOperation.Add, _values.Binary(ValueOperation.Multiply, words, _values.Constant(4)), _values.Constant(8));
        int header = _values.NewVariable();
        int end = _values.Binary(ValueOperation.Add, length, start);
        Condition isEthernet = Test(Comparison.Equal, _values.Load(start, 2, 2), 0x6558);
        Condition set = And(
            new SetCondition(header, end),
            Or(
                new ChainCondition(isEthernet, [(true, new SetCondition(field, Sum(end, 12))), (true, new SetCondition(payload, Sum(end, 14)))]),
                And(new SetCondition(field, Sum(start, 2)), new SetCondition(payload, end))));
        Push(1, LinkFamily.Ethernet, new PacketOffset(0, header), 0, 0);
        _layout.LinkTypeField = new PacketOffset(0, field);
        _layout.Payload = new PacketOffset(0, payload);
        _layout.IsEncapsulated = true;
        return set;
    }

    private Condition VxlanInside(int start)
    {
        int header = _values.NewVariable();
        Condition set = new SetCondition(header, Sum(start, 8));
        Push(1, LinkFamily.Ethernet, new PacketOffset(0, header), 12, 14);
        _layout.IsEncapsulated = true;
        return set;
    }

    private int Sum(int value, uint bytes) => _values.Binary(ValueOperation.Add, value, _values.Constant(bytes));

    private int Absolute(PacketOffset place) => place.Base < 0 ? _values.Constant(place.Constant) : Sum(place.Base, place.Constant);

    /// <summary>Enters a link layer that begins at a place.</summary>
    private void Push(int linkType, LinkFamily family, PacketOffset header, uint field, uint payload)
    {
        _layout.PreviousLinkHeader = _layout.LinkHeader;
        _layout.LinkType = linkType;
        _layout.Family = family;
        _layout.IsLane = false;
        _layout.LinkHeader = header;
        _layout.LinkTypeField = header + field;
        _layout.Payload = header + payload;
        _layout.Network = 0;
        _layout.LabelDepth = 0;
    }

    private static void LimitValue(PrimitiveNode node, uint most)
    {
        FilterToken value = node.Values[0];
        if (value.Number > most)
        {
            throw new FilterRefusedException(value.Column, $"{value.Text} is too large for \"{node.Word}\"", $"a number up to {most}");
        }
    }
}
