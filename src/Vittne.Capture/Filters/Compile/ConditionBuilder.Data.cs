using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Numbers from packets, arithmetic, relations.</content>
internal sealed partial class ConditionBuilder
{
    private ChainCondition Relation(RelationNode node)
    {
        var overwrite = new OverwriteCondition();
        ArithmeticResult left = Number(node.Left, overwrite);
        ArithmeticResult right = Number(node.Right, overwrite);
        _words.Return(left.Word);
        _words.Return(right.Word);
        _overwrites.Add(overwrite);
        ChainCondition test = And(overwrite, Related(node.Relation, left.Value, right.Value));
        Condition? guard = left.Guard is null ? right.Guard : right.Guard is null ? left.Guard : And(left.Guard, right.Guard);
        return guard is null ? test : And(guard, test);
    }

    private static Condition Related(string relation, int left, int right) => relation switch
    {
        "=" => new TestCondition(Comparison.Equal, left, right),
        "!=" => Not(new TestCondition(Comparison.Equal, left, right)),
        ">" => new TestCondition(Comparison.Greater, left, right),
        ">=" => new TestCondition(Comparison.GreaterOrEqual, left, right),
        "<" => Not(new TestCondition(Comparison.GreaterOrEqual, left, right)),
        _ => Not(new TestCondition(Comparison.Greater, left, right)),
    };

    /// <summary>A number and what must hold before its bytes are read. Of an operation only the left side's condition counts.</summary>
    private ArithmeticResult Number(ArithmeticNode node, OverwriteCondition overwrite)
    {
        switch (node)
        {
            case NumberNode number:
                return Written(_values.Constant(number.Token.Number), null, _words.Take(), overwrite);
            case LengthNode:
                return Written(_values.Length(), null, _words.Take(), overwrite);
            case NegateNode negate:
                ArithmeticResult operand = Number(negate.Operand, overwrite);
                return Written(_values.Negate(operand.Value), operand.Guard, operand.Word, overwrite);
            case DataNode data:
                return Data(data, overwrite);
            default:
                var binary = (BinaryNode)node;
                ArithmeticResult left = Number(binary.Left, overwrite);
                ArithmeticResult right = Number(binary.Right, overwrite);
                _words.Return(left.Word);
                _words.Return(right.Word);
                return Written(Operation(binary, left.Value, right.Value), left.Guard, _words.Take(), overwrite);
        }
    }

    private static ArithmeticResult Written(int value, Condition? guard, int word, OverwriteCondition overwrite)
    {
        overwrite.Write(word, value);
        return new ArithmeticResult(value, guard, word);
    }

    private int Operation(BinaryNode node, int left, int right)
    {
        bool isConstant = _values[right].Operation == ValueOperation.Constant;
        uint number = _values[right].Number;
        bool isByZero = isConstant && number == 0 && node.Operation is "/" or "%";
        if (isByZero && node.Right is NumberNode)
        {
            throw ZeroDivisions.Refusal(node.OperationColumn);
        }

        bool isFolded = _values[left].Operation == ValueOperation.Constant && node.Right is not NumberNode;
        if (isConstant && number > 31 && !isFolded && node.Operation is "<<" or ">>")
        {
            throw new FilterRefusedException(node.OperationColumn, $"a shift by {number} bits", "a shift by at most 31 bits");
        }

        ValueOperation operation = node.Operation switch
        {
            "+" => ValueOperation.Add,
            "-" => ValueOperation.Subtract,
            "*" => ValueOperation.Multiply,
            "/" => ValueOperation.Divide,
            "%" => ValueOperation.Modulo,
            "&" => ValueOperation.And,
            "|" => ValueOperation.Or,
            "^" => ValueOperation.Xor,
            "<<" => ValueOperation.ShiftLeft,
            _ => ValueOperation.ShiftRight,
        };
        int result = _values.Binary(operation, left, right);
        if (isByZero)
        {
            _values.DivisionsByZero.TryAdd(result, node.OperationColumn);
        }

        return result;
    }

    private ArithmeticResult Data(DataNode node, OverwriteCondition overwrite)
    {
        ArithmeticResult index = Number(node.Index, overwrite);
        int word = _words.Take();
        _words.Return(index.Word);
        (int value, Condition? guard) = Data(node, index.Value, index.Guard);
        return Written(value, guard, word, overwrite);
    }

    private (int Value, Condition? Guard) Data(DataNode node, int index, Condition? guard)
    {
        switch (node.Protocol)
        {
            case ProtocolWord.Radio:
                return _layout.LinkType is 119 or 127 or 163
                    ? (_values.Load(index, 0, node.Size), guard)
                    : throw NotHere(node.Column, "there is no radio header");
            case ProtocolWord.Link:
                return (At(_layout.LinkHeader, index, node.Size), guard);
            case ProtocolWord.Ip or ProtocolWord.Ip6 or ProtocolWord.Arp or ProtocolWord.Rarp or ProtocolWord.Atalk or ProtocolWord.Decnet
                or ProtocolWord.Lat or ProtocolWord.Sca or ProtocolWord.Moprc or ProtocolWord.Mopdl:
                int network = At(Network, index, node.Size);
                return (network, AndIf(guard, Abbreviation(node.Protocol, node.Column)));
            case ProtocolWord.Tcp or ProtocolWord.Udp or ProtocolWord.Sctp or ProtocolWord.Icmp or ProtocolWord.Igmp or ProtocolWord.Igrp
                or ProtocolWord.Pim or ProtocolWord.Vrrp or ProtocolWord.Carp:
                int transport = At(Transport, index, node.Size);
                Condition isTransport = And(Abbreviation(node.Protocol, node.Column), NotLaterFragment());
                return (transport, And(Inside(EtherIp, node.Column), AndIf(guard, isTransport)));
            case ProtocolWord.Icmp6:
                Condition icmp6 = And(AndIf(guard, Inside(EtherIp6, node.Column)), Equal(Network + 6, 1, Icmp6));
                return (At(Network + 40, index, node.Size), icmp6);
            default:
                throw new FilterRefusedException(node.Column, $"no bytes can be taken from \"{Head.Text(node.Protocol)}\"");
        }
    }

    /// <summary>Bytes at an index from a place. The sum of the index and of what is found at run time wraps, that with the constant does not.</summary>
    private int At(PacketOffset place, int index, int size)
    {
        Use(place);
        int from = place.Base < 0 ? index : _values.Binary(ValueOperation.Add, index, place.Base);
        return _values.Load(from, place.Constant, size);
    }
}
