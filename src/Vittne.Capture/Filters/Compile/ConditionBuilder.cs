using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// Makes conditions of an expression for a link type, from left to right: words that move offsets move them for all to their right. The
/// order of tests and loads is that of libpcap without its optimiser, since a load outside of the packet refuses it.
/// </summary>
internal sealed partial class ConditionBuilder
{
    private readonly ValuePool _values;
    private readonly LinkLayout _layout;
    private readonly PacketFilterOptions _options;

    private ConditionBuilder(ValuePool values, LinkLayout layout, PacketFilterOptions options)
    {
        _values = values;
        _layout = layout;
        _options = options;
    }

    /// <summary>What an expression asks of packets of a link type.</summary>
    /// <exception cref="FilterRefusedException">It asks for what the link type does not have, or what does not exist.</exception>
    public static Condition Build(SyntaxNode? expression, int linkType, PacketFilterOptions options, ValuePool values)
    {
        var layout = LinkLayout.Of(linkType, values);
        PacketOffset header = layout.LinkHeader;
        PacketOffset payload = layout.Payload;
        var builder = new ConditionBuilder(values, layout, options);
        if (expression is null)
        {
            return new KnownCondition(true);
        }

        Condition condition = builder.Node(expression);

        // What tells the length of a header is read before all else if it is needed anywhere.
        condition = builder.Needed(payload, except: -1) ? And(builder.Touch(payload.Base), condition) : condition;
        condition = builder.Needed(header, except: payload.Base) ? And(builder.Touch(header.Base), condition) : condition;
        return linkType == 192 ? And(builder.Equal(new PacketOffset(4), 4, 0x69000000), condition) : condition;
    }

    private Condition Node(SyntaxNode node)
    {
        switch (node)
        {
            case ChainNode chain:
                Condition first = Node(chain.First);
                var rest = new (bool, Condition)[chain.Rest.Count];
                for (int i = 0; i < rest.Length; i++)
                {
                    rest[i] = (chain.Rest[i].IsAnd, Node(chain.Rest[i].Node));
                }

                return new ChainCondition(first, rest);
            case NotNode not:
                return new NotCondition(Node(not.Operand));
            case ProtocolNode protocol:
                return Abbreviation(protocol.Protocol, protocol.Column);
            case RelationNode relation:
                return Relation(relation);
            case IdNode id:
                return Id(id);
            default:
                return Primitive((PrimitiveNode)node);
        }
    }

    private bool Needed(PacketOffset place, int except)
    {
        if (place.Base < 0)
        {
            return false;
        }

        for (int value = 0; value < _values.Count; value++)
        {
            if (value != except && (_values[value].Left == place.Base || _values[value].Right == place.Base))
            {
                return true;
            }
        }

        return false;
    }

    private TestCondition Touch(int value) => new(Comparison.GreaterOrEqual, value, _values.Constant(0));

    private static ChainCondition And(Condition left, Condition right) => new(left, [(true, right)]);

    private static ChainCondition Or(Condition left, Condition right) => new(left, [(false, right)]);

    private static NotCondition Not(Condition operand) => new(operand);

    private static Condition AnyOf(params ReadOnlySpan<Condition> conditions)
    {
        var rest = new (bool, Condition)[conditions.Length - 1];
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = (false, conditions[i + 1]);
        }

        return rest.Length == 0 ? conditions[0] : new ChainCondition(conditions[0], rest);
    }

    private static Condition AndIf(Condition? before, Condition condition) => before is null ? condition : And(before, condition);

    private int Load(PacketOffset place, int size) => _values.Load(place.Base, place.Constant, size);

    private TestCondition Test(Comparison comparison, int value, uint number) => new(comparison, value, _values.Constant(number));

    private TestCondition Equal(PacketOffset place, int size, uint number) => Test(Comparison.Equal, Load(place, size), number);

    private TestCondition Equal(PacketOffset place, int size, uint mask, uint number) =>
        Test(Comparison.Equal, Masked(Load(place, size), mask), number);

    private TestCondition Greater(PacketOffset place, int size, uint number) => Test(Comparison.Greater, Load(place, size), number);

    /// <summary>One of the bits of the mask is set.</summary>
    private NotCondition AnyBit(PacketOffset place, int size, uint mask) => Not(Equal(place, size, mask, 0));

    private int Masked(int value, uint mask) => mask == uint.MaxValue ? value : _values.Binary(ValueOperation.And, value, _values.Constant(mask));

    private PacketOffset Network => _layout.Payload + _layout.Network;

    private FilterRefusedException NotHere(int column, string what) =>
        new(column, $"{what} for {_layout.Name}", dependsOnLinkType: true);
}
