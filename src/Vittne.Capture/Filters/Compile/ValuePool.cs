namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// The values of a program, each once. Constants are folded; nothing that can refuse a packet is ever left out, since that is part of what
/// an expression means.
/// </summary>
internal sealed class ValuePool
{
    private readonly Dictionary<Value, int> _index = [];
    private readonly List<Value> _values = [];
    private readonly List<bool> _canRefuse = [];
    private readonly List<ulong> _variables = [];

    /// <summary>Divisions by numbers that turned out to be zero, and the columns of their signs.</summary>
    public Dictionary<int, int> DivisionsByZero { get; } = [];

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>How many variables there are.</summary>
    public int Variables { get; private set; }

    /// <summary>A value by its number.</summary>
    public Value this[int value] => _values[value];

    /// <summary>Finding the value may refuse the packet.</summary>
    public bool CanRefuse(int value) => _canRefuse[value];

    /// <summary>The value is another when the variable is set.</summary>
    public bool DependsOn(int value, int variable) => (_variables[value] & _variables[variable]) != 0;

    public int Constant(uint number) => Intern(new Value(ValueOperation.Constant, -1, -1, number, 0));

    public int Length() => Intern(new Value(ValueOperation.Length, -1, -1, 0, 0));

    /// <summary>A variable that nothing has set.</summary>
    public int NewVariable() => Intern(new Value(ValueOperation.Variable, -1, -1, (uint)Variables++, 0));

    public int HeaderLength(uint offset) => Intern(new Value(ValueOperation.HeaderLength, -1, -1, offset, 1));

    public int Wireless(int start, byte kind) => Intern(new Value(ValueOperation.WirelessHeader, start, -1, 0, kind));

    public int Chain(uint protocol, int networkHeader, bool isIp6) =>
        Intern(new Value(ValueOperation.ProtocolChain, networkHeader, -1, protocol, (byte)(isIp6 ? 6 : 4)));

    /// <summary>Bytes at an offset from a base; base -1 is the start of the packet.</summary>
    public int Load(int from, uint offset, int size)
    {
        if (from >= 0 && _values[from] is { Operation: ValueOperation.Constant } constant)
        {
            // The sum of a load does not wrap: what lies beyond is not there.
            return Intern(new Value(ValueOperation.Load, -1, -1, (uint)Math.Min(uint.MaxValue, (ulong)constant.Number + offset), (byte)size));
        }

        if (from >= 0 && _values[from] is { Operation: ValueOperation.Add } sum
            && _values[sum.Right] is { Operation: ValueOperation.Constant, Number: < 0x10000 } fixedPart
            && _values[sum.Left].Operation == ValueOperation.HeaderLength && offset < 0x10000)
        {
            return Intern(new Value(ValueOperation.Load, sum.Left, -1, offset + fixedPart.Number, (byte)size));
        }

        return Intern(new Value(ValueOperation.Load, from, -1, offset, (byte)size));
    }

    public int Negate(int operand) => _values[operand] is { Operation: ValueOperation.Constant } constant
        ? Constant(0u - constant.Number)
        : Intern(new Value(ValueOperation.Negate, operand, -1, 0, 0));

    public int Binary(ValueOperation operation, int left, int right)
    {
        Value a = _values[left];
        Value b = _values[right];
        if (a.Operation == ValueOperation.Constant && b.Operation == ValueOperation.Constant
            && TryCompute(operation, a.Number, b.Number, out uint result))
        {
            return Constant(result);
        }

        bool commutes = operation is ValueOperation.Add or ValueOperation.Multiply or ValueOperation.And or ValueOperation.Or or ValueOperation.Xor;
        if (commutes && (a.Operation == ValueOperation.Constant || (b.Operation != ValueOperation.Constant && left > right)))
        {
            (left, right) = (right, left);
        }

        return Intern(new Value(operation, left, right, 0, 0));
    }

    /// <summary>A result of two numbers; false where a division by zero refuses the packet.</summary>
    public static bool TryCompute(ValueOperation operation, uint a, uint b, out uint result)
    {
        result = operation switch
        {
            ValueOperation.Add => a + b,
            ValueOperation.Subtract => a - b,
            ValueOperation.Multiply => a * b,
            ValueOperation.Divide => b == 0 ? 0 : a / b,
            ValueOperation.Modulo => b == 0 ? 0 : a % b,
            ValueOperation.And => a & b,
            ValueOperation.Or => a | b,
            ValueOperation.Xor => a ^ b,
            ValueOperation.ShiftLeft => b > 31 ? 0 : a << (int)b,
            ValueOperation.ShiftRight => b > 31 ? 0 : a >> (int)b,
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
        return b != 0 || operation is not (ValueOperation.Divide or ValueOperation.Modulo);
    }

    private int Intern(Value value)
    {
        if (_index.TryGetValue(value, out int known))
        {
            return known;
        }

        int number = _values.Count;
        _index.Add(value, number);
        _values.Add(value);
        bool refuses = value.Operation is ValueOperation.Load or ValueOperation.HeaderLength or ValueOperation.WirelessHeader
            or ValueOperation.ProtocolChain
            || (value.Operation is ValueOperation.Divide or ValueOperation.Modulo
                && _values[value.Right] is not { Operation: ValueOperation.Constant, Number: not 0 })
            || (value.Left >= 0 && _canRefuse[value.Left]) || (value.Right >= 0 && _canRefuse[value.Right]);
        _canRefuse.Add(refuses);
        _variables.Add(
            (value.Operation == ValueOperation.Variable ? 1UL << (int)(value.Number % 64) : 0)
            | (value.Left >= 0 ? _variables[value.Left] : 0) | (value.Right >= 0 ? _variables[value.Right] : 0));
        return number;
    }
}
