namespace Vittne.Capture.Filters.Compile;

/// <summary>What is known at an edge of a graph. Never changes; each decision makes a new one.</summary>
internal sealed class FlowFacts
{
    // Beyond these, things are decided twice at run time, which is still right.
    private const int MostFacts = 24;
    private const int MostExclusions = 8;

    private readonly ValueFact[] _facts;

    private FlowFacts(ValueFact[] facts) => _facts = facts;

    /// <summary>Nothing is known.</summary>
    public static FlowFacts None { get; } = new([]);

    /// <summary>How a decision ends; null when that is not known.</summary>
    public bool? Outcome(FlowNode node, ValuePool values)
    {
        if (node.IsSet || values[node.Right].Operation != ValueOperation.Constant || !TryFind(node.Left, values, out ValueFact fact))
        {
            return null;
        }

        uint number = values[node.Right].Number;
        return node.Comparison switch
        {
            Comparison.Equal when fact.Least == number && fact.Most == number => true,
            Comparison.Equal when number < fact.Least || number > fact.Most || fact.Not.Contains(number) => false,
            Comparison.Greater when fact.Least > number => true,
            Comparison.Greater when fact.Most <= number => false,
            Comparison.GreaterOrEqual when fact.Least >= number => true,
            Comparison.GreaterOrEqual when fact.Most < number => false,
            _ => null,
        };
    }

    /// <summary>What is known after a decision that ended so.</summary>
    public FlowFacts After(FlowNode node, bool outcome, ValuePool values)
    {
        if (node.IsSet)
        {
            return Array.Exists(_facts, fact => values.DependsOn(fact.Value, node.Left))
                ? new FlowFacts(Array.FindAll(_facts, fact => !values.DependsOn(fact.Value, node.Left)))
                : this;
        }

        if (values[node.Right].Operation != ValueOperation.Constant)
        {
            return this;
        }

        if (!TryFind(node.Left, values, out ValueFact fact))
        {
            fact = new ValueFact(node.Left, 0, uint.MaxValue, []);
        }

        uint number = values[node.Right].Number;
        bool isGreater = node.Comparison == Comparison.Greater;
        fact = node.Comparison switch
        {
            Comparison.Equal => outcome ? fact with { Least = number, Most = number, Not = [] } : Without(fact, number),
            _ when outcome => fact with { Least = Math.Max(fact.Least, isGreater ? number + 1 : number) },
            _ => fact with { Most = Math.Min(fact.Most, isGreater || number == 0 ? number : number - 1) },
        };
        return With(fact);
    }

    /// <summary>What is known where two edges meet.</summary>
    public FlowFacts Meet(FlowFacts other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var kept = new List<ValueFact>(_facts.Length);
        foreach (ValueFact fact in _facts)
        {
            foreach (ValueFact twin in other._facts)
            {
                if (twin.Value == fact.Value)
                {
                    uint[] not = [.. fact.Not.Where(x => Excludes(twin, x)), .. twin.Not.Where(x => Excludes(fact, x) && !fact.Not.Contains(x))];
                    uint[] some = not.Length > MostExclusions ? not[..MostExclusions] : not;
                    kept.Add(new ValueFact(fact.Value, Math.Min(fact.Least, twin.Least), Math.Max(fact.Most, twin.Most), some));
                }
            }
        }

        return new FlowFacts([.. kept]);
    }

    private static bool Excludes(ValueFact fact, uint number) => number < fact.Least || number > fact.Most || fact.Not.Contains(number);

    private static ValueFact Without(ValueFact fact, uint number) =>
        number == fact.Least && number != fact.Most ? fact with { Least = number + 1 }
        : number == fact.Most && number != fact.Least ? fact with { Most = number - 1 }
        : fact.Not.Length >= MostExclusions || number < fact.Least || number > fact.Most ? fact
        : fact with { Not = [.. fact.Not, number] };

    private bool TryFind(int value, ValuePool values, out ValueFact fact)
    {
        foreach (ValueFact known in _facts)
        {
            if (known.Value == value)
            {
                fact = known;
                return true;
            }
        }

        // A part of a known number is known.
        Value node = values[value];
        if (node.Operation == ValueOperation.And && values[node.Right].Operation == ValueOperation.Constant
            && TryFind(node.Left, values, out ValueFact whole) && whole.Least == whole.Most)
        {
            uint part = whole.Least & values[node.Right].Number;
            fact = new ValueFact(value, part, part, []);
            return true;
        }

        fact = default;
        return false;
    }

    private FlowFacts With(ValueFact fact)
    {
        for (int i = 0; i < _facts.Length; i++)
        {
            if (_facts[i].Value == fact.Value)
            {
                ValueFact[] changed = [.. _facts];
                changed[i] = fact;
                return new FlowFacts(changed);
            }
        }

        return new FlowFacts(_facts.Length < MostFacts ? [.. _facts, fact] : [.. _facts.AsSpan(1), fact]);
    }
}
