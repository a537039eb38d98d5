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
    private readonly ScratchWords _words = new();
    private readonly List<OverwriteCondition> _overwrites = [];
    private int _headerWord = -1;
    private int _payloadWord = -1;

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
        SetCondition? header = layout.HeaderFinder;
        SetCondition? payload = layout.PayloadFinder;
        var builder = new ConditionBuilder(values, layout, options);
        if (expression is null)
        {
            return new KnownCondition(true);
        }

        Condition condition = builder.Node(expression);

        // What tells the length of a header is read before all else if it is needed anywhere.
        condition = builder.Finding(payload, builder._payloadWord, condition);
        condition = builder.Finding(header, builder._headerWord, condition);
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
            case FlowTermNode term:
                return !_options.AllowsFlowTerms
                    ? throw FlowWords.NotKnown(term)
                    : new KnownCondition(((_options.HoldingTerms >> term.Number) & 1) != 0);
            default:
                return Primitive((PrimitiveNode)node);
        }
    }

    private Condition Finding(SetCondition? finder, int word, Condition condition)
    {
        if (finder is null || word < 0)
        {
            return condition;
        }

        foreach (OverwriteCondition overwrite in _overwrites)
        {
            overwrite.Place(finder.Variable, word);
        }

        return And(finder, condition);
    }

    /// <summary>A place is needed: if it is one that is found at run time, libpcap gives it a word of memory now.</summary>
    private PacketOffset Use(PacketOffset place)
    {
        if (place.Base >= 0 && place.Base == _layout.HeaderFinder?.Variable && _headerWord < 0)
        {
            _headerWord = _words.Take();
        }
        else if (place.Base >= 0 && place.Base == _layout.PayloadFinder?.Variable && _payloadWord < 0)
        {
            _payloadWord = _words.Take();
        }

        return place;
    }

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

    private int Load(PacketOffset place, int size)
    {
        Use(place);
        return _values.Load(place.Base, place.Constant, size);
    }

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
