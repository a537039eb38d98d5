using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <content>Numbers from packets, arithmetic, relations.</content>
internal sealed partial class ConditionBuilder
{
    private Condition Relation(RelationNode node)
    {
        (int left, Condition? leftGuard) = Number(node.Left);
        (int right, Condition? rightGuard) = Number(node.Right);
        Condition test = Related(node.Relation, left, right);
        Condition? guard = leftGuard is null ? rightGuard : rightGuard is null ? leftGuard : And(leftGuard, rightGuard);
        return AndIf(guard, test);
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
    private (int Value, Condition? Guard) Number(ArithmeticNode node)
    {
        switch (node)
        {
            case NumberNode number:
                return (_values.Constant(number.Token.Number), null);
            case LengthNode:
                return (_values.Length(), null);
            case NegateNode negate:
                (int operand, Condition? guard) = Number(negate.Operand);
                return (_values.Negate(operand), guard);
            case DataNode data:
                return Data(data);
            default:
                var binary = (BinaryNode)node;
                (int left, Condition? leftGuard) = Number(binary.Left);
                (int right, _) = Number(binary.Right);
                return (Operation(binary, left, right), leftGuard);
        }
    }

    private int Operation(BinaryNode node, int left, int right)
    {
        bool isConstant = _values[right].Operation == ValueOperation.Constant;
        uint number = _values[right].Number;
        if (isConstant && number == 0 && node.Operation is "/" or "%")
        {
            throw new FilterRefusedException(node.OperationColumn, "division by zero", "another divisor");
        }

        if (isConstant && number > 31 && node.Operation is "<<" or ">>")
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
        return _values.Binary(operation, left, right);
    }

    private (int Value, Condition? Guard) Data(DataNode node)
    {
        (int index, Condition? guard) = Number(node.Index);
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
                Condition network = Abbreviation(node.Protocol, node.Column);
                return (At(Network, index, node.Size), AndIf(guard, network));
            case ProtocolWord.Tcp or ProtocolWord.Udp or ProtocolWord.Sctp or ProtocolWord.Icmp or ProtocolWord.Igmp or ProtocolWord.Igrp
                or ProtocolWord.Pim or ProtocolWord.Vrrp or ProtocolWord.Carp:
                Condition transport = And(Abbreviation(node.Protocol, node.Column), NotLaterFragment());
                return (At(Transport, index, node.Size), And(Inside(EtherIp, node.Column), AndIf(guard, transport)));
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
        int from = place.Base < 0 ? index : _values.Binary(ValueOperation.Add, index, place.Base);
        return _values.Load(from, place.Constant, size);
    }
}
