using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>SS7 message transfer part 2 and ATM cells.</content>
internal sealed partial class ConditionBuilder
{
    private Condition Signalling(PrimitiveNode node)
    {
        if (_layout.LinkType is not (139 or 140))
        {
            throw NotHere(node.Column, $"\"{node.Word}\" is of SS7 frames, not");
        }

        bool isHigh = node.Word[0] == 'h';
        var start = new PacketOffset(_layout.LinkType == 139 ? 4u : 0u);
        string word = isHigh ? node.Word[1..] : node.Word;
        if (word is "fisu" or "lssu" or "msu")
        {
            (PacketOffset place, int size, uint mask, int shift) = isHigh ? (start + 4, 2, 0xff80u, 7) : (start + 2, 1, 0x3fu, 0);
            int length = Masked(Load(place, size), mask);
            return word switch
            {
                "fisu" => Test(Comparison.Equal, length, 0),
                "lssu" => And(Test(Comparison.Greater, length, 0), Not(Test(Comparison.Greater, length, 2u << shift))),
                _ => Test(Comparison.Greater, length, 2u << shift),
            };
        }

        uint most = word switch { "sio" => 255u, "sls" => 15u, _ => 16_383u };
        return AnyValue(node, most, value => word switch
        {
            "sio" => (Load(start + (isHigh ? 6u : 3u), 1), value),
            "sls" => (Masked(Load(start + (isHigh ? 10u : 7u), 1), 0xf0), value << 4),
            "opc" => (
                Masked(Load(start + (isHigh ? 7u : 4u), 4), 0x00c0ff0f),
                ((value & 0x3c00) >> 10) | ((value & 0x03fc) << 6) | ((value & 0x0003) << 22)),
            _ => (Masked(Load(start + (isHigh ? 7u : 4u), 4), 0xff3f0000), ((value & 0xff) << 24) | ((value & 0x3f00) << 8)),
        });
    }

    /// <summary>A field against a value, or one of several. The peers take <c>!=</c> for <c>=</c> here, and so do we.</summary>
    private Condition AnyValue(PrimitiveNode node, uint most, Func<uint, (int Value, uint Number)> of)
    {
        Condition? any = null;
        foreach (FilterToken token in node.Values)
        {
            if (token.Number > most)
            {
                throw new FilterRefusedException(token.Column, $"{token.Text} is too large for \"{node.Word}\"", $"a number up to {most}");
            }

            (int value, uint number) = of(token.Number);
            Condition one = Related(node.Relation is null or "!=" ? "=" : node.Relation, value, _values.Constant(number));
            any = any is null ? one : Or(any, one);
        }

        return any!;
    }

    private Condition Atm(PrimitiveNode node)
    {
        if (_layout.Family != LinkFamily.SunAtm)
        {
            throw NotHere(node.Column, $"\"{node.Word}\" is of ATM cells, not");
        }

        switch (node.Word)
        {
            case "vpi":
                return AnyValue(node, 255, value => (Load(new PacketOffset(1), 1), value));
            case "vci":
                return AnyValue(node, 65_535, value => (Load(new PacketOffset(2), 2), value));
            case "lane":
                Condition isLane = Equal(new PacketOffset(0), 1, 0x0f, 1);
                // Behind a header of LAN emulation of 2 bytes.
                PacketOffset frame = _layout.Payload + 2;
                PacketOffset payload = _layout.Payload;
                Push(1, LinkFamily.Ethernet, frame, 12, 14);
                _layout.PreviousLinkHeader = payload;
                _layout.NetworkWithoutSnap = 3;
                _layout.IsLane = true;
                return isLane;
            case "metac":
                return OnCircuit(Circuit(1));
            case "bcc":
                return OnCircuit(Circuit(2));
            case "sc":
                return OnCircuit(Circuit(5));
            case "ilmic":
                return OnCircuit(Circuit(16));
            case "oam" or "oamf4":
                return OnCircuit(Or(Circuit(3), Circuit(4)));
            case "oamf4ec":
                return OnCircuit(Circuit(4));
            case "oamf4sc":
                return OnCircuit(Circuit(3));
            default:
                bool isMeta = node.Word == "metaconnect";
                Condition circuit = OnCircuit(Circuit(isMeta ? 1u : 5u));
                return And(circuit, Messages(isMeta ? [0x5a, 0x4d, 0x07, 0x05, 0x02] : [0x5a, 0x4d, 0x0f, 0x07, 0x05, 0x02]));
        }
    }

    private TestCondition Circuit(uint number) => Equal(new PacketOffset(2), 2, number);

    private ChainCondition OnCircuit(Condition circuit) => And(Equal(new PacketOffset(1), 1, 0), circuit);

    private Condition Messages(ReadOnlySpan<byte> types)
    {
        Condition any = Equal(new PacketOffset(9), 1, types[0]);
        foreach (byte type in types[1..])
        {
            any = Or(any, Equal(new PacketOffset(9), 1, type));
        }

        return any;
    }
}
