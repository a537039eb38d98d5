using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Words that stand for themselves.</content>
internal sealed partial class ConditionBuilder
{
    private Condition Primitive(PrimitiveNode node)
    {
        uint number = node.Number ?? 0;
        switch (node.Word)
        {
            case "less":
                return Not(Test(Comparison.Greater, _values.Length(), number));
            case "greater":
                return Test(Comparison.GreaterOrEqual, _values.Length(), number);
            case "byte":
                return ByteTest(node);
            case "broadcast":
                return Broadcast(node);
            case "multicast":
                return Multicast(node);
            case "inbound" or "outbound":
                return Direction(node);
            case "ifindex":
                return _layout.LinkType == 276
                    ? Equal(new PacketOffset(4), 4, number)
                    : throw NotHere(node.Column, "packets do not tell their interface, \"ifindex\" is");
            case "vlan":
                return Vlan(node);
            case "mpls":
                return Mpls(node);
            case "pppoed":
                return Inside(0x8863, node.Column);
            case "pppoes":
                return Pppoe(node);
            case "geneve" or "vxlan":
                return Overlay(node);
            case "llc":
                return Llc(node);
            case "type" or "subtype" or "dir":
                return WirelessType(node);
            case "on" or "rset" or "reason" or "action" or "rnr" or "srnr":
                return PacketFilterLog(node);
            case "fisu" or "lssu" or "msu" or "hfisu" or "hlssu" or "hmsu" or "sio" or "opc" or "dpc" or "sls" or "hsio" or "hopc" or "hdpc" or "hsls":
                return Signalling(node);
            default:
                return Atm(node);
        }
    }

    private Condition ByteTest(PrimitiveNode node)
    {
        FilterToken index = node.Values[0];
        FilterToken value = node.Values[1];
        if (value.Number > 255)
        {
            throw new FilterRefusedException(value.Column, $"{value.Text} is no byte", "a number up to 255");
        }

        PacketOffset place = _layout.LinkHeader + index.Number;
        return node.Relation switch
        {
            "=" => Equal(place, 1, value.Number),
            "<" => Not(Test(Comparison.GreaterOrEqual, Load(place, 1), value.Number)),
            ">" => Greater(place, 1, value.Number),
            // The peers compute with 0 instead of the byte, and so do all files that were filtered with them.
            "&" => new KnownCondition(false),
            _ => new KnownCondition(value.Number != 0),
        };
    }

    private Condition Direction(PrimitiveNode node)
    {
        bool isOut = node.Word == "outbound";
        Condition outgoing;
        switch (_layout.LinkType)
        {
            case 8:
                outgoing = Not(Equal(_layout.LinkHeader, 1, 0));
                break;
            case 113:
                outgoing = Equal(new PacketOffset(0), 2, 4);
                break;
            case 276:
                outgoing = Equal(new PacketOffset(10), 1, 4);
                break;
            case 117:
                return Equal(new PacketOffset(60), 1, isOut ? 2u : 1u);
            case 166:
                return Equal(new PacketOffset(0), 1, isOut ? 1u : 0u);
            case 226:
                return Equal(new PacketOffset(2), 2, isOut ? 1u : 2u);
            default:
                return _layout.Family == LinkFamily.Juniper
                    ? Equal(new PacketOffset(3), 1, 0x01, isOut ? 0u : 1u)
                    : throw NotHere(node.Column, "packets in files do not tell their direction");
        }

        return isOut ? outgoing : Not(outgoing);
    }

    private Condition Llc(PrimitiveNode node)
    {
        Condition isLlc = _layout.LinkType switch
        {
            1 => And(Not(Greater(_layout.LinkTypeField, 2, LongestLength)), Not(Equal(_layout.Payload, 2, 0xffff))),
            123 => Equal(new PacketOffset(0), 1, 0x0f, 2),
            6 or 10 or 11 or 100 => new KnownCondition(true),
            _ when _layout.Family == LinkFamily.Wireless => DataFrame(),
            _ => throw NotHere(node.Column, "there is no \"llc\""),
        };
        if (node.Values.Count == 0)
        {
            return isLlc;
        }

        PacketOffset control = _layout.Payload + 2;
        FilterToken name = node.Values[0];
        Condition kind = name.Text switch
        {
            "i" => Equal(control, 1, 0x01, 0),
            "s" => Equal(control, 1, 0x03, 0x01),
            "u" => Equal(control, 1, 0x03, 0x03),
            "rr" => Equal(control, 1, 0x0f, 0x01),
            "rnr" => Equal(control, 1, 0x0f, 0x05),
            "rej" => Equal(control, 1, 0x0f, 0x09),
            "ui" => Equal(control, 1, 0xef, 0x03),
            "ua" => Equal(control, 1, 0xef, 0x63),
            "disc" => Equal(control, 1, 0xef, 0x43),
            "dm" => Equal(control, 1, 0xef, 0x0f),
            "sabme" => Equal(control, 1, 0xef, 0x6f),
            "test" => Equal(control, 1, 0xef, 0xe3),
            "xid" => Equal(control, 1, 0xef, 0xaf),
            "frmr" => Equal(control, 1, 0xef, 0x87),
            _ => throw new FilterRefusedException(
                name.Column, $"\"{name.Text}\" is no type of LLC frames", "i, s, u, rr, rnr, rej, ui, ua, disc, dm, sabme, test, xid or frmr"),
        };
        return And(isLlc, kind);
    }

    private Condition PacketFilterLog(PrimitiveNode node)
    {
        FilterToken value = node.Values[0];
        uint number = 0;
        if (node.Word is "reason" or "action" && value.Kind == TokenKind.Name)
        {
            string[] names = node.Word == "action"
                ? ["pass", "drop", "scrub", "noscrub", "nat", "nonat", "binat", "nobinat", "rdr", "nordr", "synproxy_drop"]
                : ["match", "bad-offset", "fragment", "short", "normalize", "memory", "bad-timestamp", "congestion", "ip-option", "proto-cksum",
                    "state-mismatch", "state-insert", "state-limit", "src-limit", "synproxy"];
            string name = value.Text switch { "accept" => "pass", "block" => "drop", _ => value.Text };
            int found = Array.IndexOf(names, name);
            number = found >= 0
                ? (uint)found
                : throw new FilterRefusedException(value.Column, $"\"{value.Text}\" is no {node.Word} of a packet filter", string.Join(", ", names));
        }
        else if (node.Word == "action")
        {
            throw new FilterRefusedException(value.Column, $"{value.Text} is no action", "the name of one");
        }
        else
        {
            number = value.Number;
        }

        if (_layout.Family != LinkFamily.PacketFilterLog)
        {
            throw NotHere(node.Column, $"\"{node.Word}\" is of packet filter logs, not");
        }

        return node.Word switch
        {
            "rnr" => Equal(new PacketOffset(36), 4, number),
            "srnr" => Equal(new PacketOffset(40), 4, number),
            "reason" => Equal(new PacketOffset(3), 1, number),
            "action" => Equal(new PacketOffset(2), 1, number),
            _ => Text(node.Word == "on" ? 4u : 20u, value),
        };
    }

    private Condition Text(uint place, FilterToken name)
    {
        if (name.Text.Length > 15)
        {
            throw new FilterRefusedException(name.Column, $"\"{name.Text}\" is too long", "a name of up to 15 letters");
        }

        Condition? all = null;
        for (int i = 0; i < name.Text.Length; i++)
        {
            all = AndIf(all, Equal(new PacketOffset(place + (uint)i), 1, name.Text[i]));
        }

        return all!;
    }
}
