using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>IEEE 802.11.</content>
internal sealed partial class ConditionBuilder
{
    private static readonly string[] ManagementTypes =
    [
        "assoc-req", "assoc-resp", "reassoc-req", "reassoc-resp", "probe-req", "probe-resp", "", "", "beacon", "atim", "disassoc", "auth", "deauth",
    ];

    private static readonly string[] ControlTypes = ["", "", "", "", "", "", "", "", "bar", "ba", "ps-poll", "rts", "cts", "ack", "cf-end", "cf-end-ack"];

    private static readonly string[] DataTypes =
    [
        "data", "data-cf-ack", "data-cf-poll", "data-cf-ack-poll", "null", "cf-ack", "cf-poll", "cf-ack-poll", "qos-data", "qos-data-cf-ack",
        "qos-data-cf-poll", "qos-data-cf-ack-poll", "qos", "", "qos-cf-poll", "qos-cf-ack-poll",
    ];

    private PacketOffset FrameControl => _layout.LinkHeader;

    private PacketOffset FrameFlags => _layout.LinkHeader + 1;

    private ChainCondition DataFrame() => And(Not(AnyBit(FrameControl, 1, 0x04)), AnyBit(FrameControl, 1, 0x08));

    private ChainCondition Address(int number, ulong address) =>
        SixBytes(_layout.LinkHeader + number switch { 1 => 4u, 2 => 10u, 3 => 16u, _ => 24u }, address);

    private Condition WirelessHost(ulong address, DirectionWord direction, int column)
    {
        switch (direction)
        {
            case DirectionWord.Address1:
                return Address(1, address);
            case DirectionWord.Address2:
                return HasAddress2(address);
            case DirectionWord.Address3:
                return And(Not(Equal(FrameControl, 1, 0x0c, 0x04)), Address(3, address));
            case DirectionWord.Address4:
                return And(Equal(FrameFlags, 1, 0x03, 0x03), Address(4, address));
            case DirectionWord.Receiver:
                return And(AnyBit(FrameControl, 1, 0x08), Address(1, address));
            case DirectionWord.Transmitter:
                return And(AnyBit(FrameControl, 1, 0x08), HasAddress2(address));
            default:
                return Directed(direction, column, isSource => isSource ? WirelessSource(address) : WirelessDestination(address));
        }
    }

    private ChainCondition HasAddress2(ulong address)
    {
        // CTS and ACK have one address only.
        Condition isShort = And(
            Equal(FrameControl, 1, 0x0c, 0x04), Or(Equal(FrameControl, 1, 0xf0, 0xc0), Equal(FrameControl, 1, 0xf0, 0xd0)));
        return And(Not(isShort), Address(2, address));
    }

    private ChainCondition WirelessSource(ulong address) => WirelessEnd(
        Address(2, address),
        Or(
            And(Not(AnyBit(FrameFlags, 1, 0x02)), Address(2, address)),
            And(
                AnyBit(FrameFlags, 1, 0x02),
                Or(And(Not(AnyBit(FrameFlags, 1, 0x01)), Address(3, address)), And(AnyBit(FrameFlags, 1, 0x01), Address(4, address))))));

    private ChainCondition WirelessDestination(ulong address) => WirelessEnd(
        Address(1, address),
        Or(And(Not(AnyBit(FrameFlags, 1, 0x01)), Address(1, address)), And(AnyBit(FrameFlags, 1, 0x01), Address(3, address))));

    private ChainCondition WirelessMulticast() => WirelessEnd(
        AnyBit(_layout.LinkHeader + 4, 1, 1),
        Or(
            And(Not(AnyBit(FrameFlags, 1, 0x01)), AnyBit(_layout.LinkHeader + 4, 1, 1)),
            And(AnyBit(FrameFlags, 1, 0x01), AnyBit(_layout.LinkHeader + 16, 1, 1))));

    /// <summary>No control frame, and then: a management frame with one thing, or a data frame with another.</summary>
    private ChainCondition WirelessEnd(Condition ofManagement, Condition ofData) => And(
        Not(AnyBit(FrameControl, 1, 0x04)),
        Or(And(Not(AnyBit(FrameControl, 1, 0x08)), ofManagement), And(AnyBit(FrameControl, 1, 0x08), ofData)));

    private TestCondition WirelessType(PrimitiveNode node)
    {
        if (node.Protocol is not (ProtocolWord.None or ProtocolWord.Link))
        {
            throw new FilterRefusedException(node.Column, $"\"{Head.Text(node.Protocol)}\" cannot stand before \"{node.Word}\"", "\"wlan\" or nothing");
        }

        FilterToken first = node.Values[0];
        (uint mask, uint value, PacketOffset place) = node.Word switch
        {
            "dir" => (0x03u, DirectionBits(first), FrameFlags),
            "subtype" => Subtype(first),
            _ when node.Values.Count > 1 => TypeAndSubtype(first, node.Values[1]),
            _ => (0x0cu, FrameType(first), FrameControl),
        };
        // The peers take these words not behind PPI, which may have other frames in it.
        return _layout.Family == LinkFamily.Wireless && _layout.LinkType != 192
            ? Equal(place, 1, mask, value)
            : throw NotHere(node.Column, $"\"{node.Word}\" is of 802.11 frames, not");
    }

    private static uint DirectionBits(FilterToken value)
    {
        if (value.Kind == TokenKind.Number)
        {
            return value.Number <= 3 ? value.Number : throw new FilterRefusedException(value.Column, $"{value.Text} is no direction", "a number up to 3");
        }

        int found = Array.IndexOf(["nods", "tods", "fromds", "dstods"], value.Text);
        return found >= 0
            ? (uint)found
            : throw new FilterRefusedException(value.Column, $"\"{value.Text}\" is no direction", "nods, tods, fromds or dstods");
    }

    private static uint FrameType(FilterToken value)
    {
        if (value.Kind == TokenKind.Number)
        {
            return (value.Number & ~0x0cu) == 0
                ? value.Number
                : throw new FilterRefusedException(value.Column, $"{value.Text} is no type", "0, 4, 8 or 12");
        }

        return value.Text switch
        {
            "mgt" or "management" => 0x00,
            "ctl" or "control" => 0x04,
            "data" => 0x08,
            _ => throw new FilterRefusedException(value.Column, $"\"{value.Text}\" is no type of 802.11 frames", "mgt, ctl or data"),
        };
    }

    private (uint Mask, uint Value, PacketOffset Place) TypeAndSubtype(FilterToken type, FilterToken subtype)
    {
        uint kind = FrameType(type);
        if (subtype.Kind == TokenKind.Number)
        {
            return (subtype.Number & ~0xf0u) == 0
                ? (0xfcu, kind | subtype.Number, FrameControl)
                : throw new FilterRefusedException(subtype.Column, $"{subtype.Text} is no subtype", "a multiple of 16 up to 240");
        }

        int found = kind switch { 0 => Find(ManagementTypes, subtype.Text), 4 => Find(ControlTypes, subtype.Text), 8 => Find(DataTypes, subtype.Text), _ => -1 };
        return found >= 0
            ? (0xfcu, kind | ((uint)found << 4), FrameControl)
            : throw new FilterRefusedException(subtype.Column, $"\"{subtype.Text}\" is no subtype of \"{type.Text}\"");
    }

    private (uint Mask, uint Value, PacketOffset Place) Subtype(FilterToken value)
    {
        if (value.Kind == TokenKind.Number)
        {
            return (value.Number & ~0xfcu) == 0
                ? (0xfcu, value.Number, FrameControl)
                : throw new FilterRefusedException(value.Column, $"{value.Text} is no subtype", "a multiple of 4 up to 252");
        }

        uint kind = 0;
        foreach (string[] names in new[] { ManagementTypes, ControlTypes, DataTypes })
        {
            int found = Find(names, value.Text);
            if (found >= 0)
            {
                return (0xfcu, kind | ((uint)found << 4), FrameControl);
            }

            kind += 4;
        }

        throw new FilterRefusedException(value.Column, $"\"{value.Text}\" is no subtype of 802.11 frames");
    }

    private static int Find(string[] names, string name)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && (names[i] == name || names[i].Replace("-", "", StringComparison.Ordinal) == name))
            {
                return i;
            }
        }

        return -1;
    }
}
