using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Bpf;

/// <summary>
/// Makes classic BPF of a graph. What BPF cannot do (loops, more than 16 words of memory) lets a packet pass: the program may be wider than
/// the expression, never narrower.
/// </summary>
internal sealed class BpfCompiler
{
    private const int MemoryWords = 16;
    private const int Nothing = -1;
    private const int Unset = -2;

    private readonly FlowGraph _graph;
    private readonly BpfView _view;
    private readonly BpfAssembly _assembly;
    private readonly bool _isLinux;
    private readonly int _labels;
    private bool _isWider;
    private int _memory;
    private int _accumulator;

    private BpfCompiler(FlowGraph graph, BpfView view, BpfAssembly assembly, bool isLinux, int labels)
    {
        _graph = graph;
        _view = view;
        _assembly = assembly;
        _isLinux = isLinux;
        _labels = labels;
    }

    private ValuePool Values => _graph.Values;

    /// <summary>The program of a graph.</summary>
    /// <param name="graph">Decisions.</param>
    /// <param name="linkType">LINKTYPE_ value of the packets.</param>
    /// <param name="snapLength">Bytes to take of a packet that matches.</param>
    /// <param name="target">What runs it.</param>
    public static BpfProgram Compile(FlowGraph graph, int linkType, uint snapLength, BpfTarget target)
    {
        var assembly = new BpfAssembly();
        bool isLinux = target == BpfTarget.LinuxSocket;
        BpfView view = (isLinux, linkType) switch { (true, 113) => BpfView.Cooked, (true, 276) => BpfView.Cooked2, _ => BpfView.Whole };
        bool isWider = false;
        for (int word = 0; isLinux && word < Math.Min(MemoryWords, graph.Values.Variables); word++)
        {
            // Kernels do not load a program that may read memory before it was written.
            assembly.Add(BpfCode.LoadConstant);
            assembly.Add(BpfCode.Store, (uint)(MemoryWords - 1 - word));
        }

        if (isLinux && graph.Root > FlowGraph.Accept)
        {
            int untagged = assembly.NewLabel();
            int tagged = linkType == 1 ? graph.Count + graph.Root : FlowGraph.Accept;
            assembly.Add(BpfCode.LoadWord, BpfCode.BesideVlanPresent);
            assembly.Test(BpfCode.JumpEqual, 0, untagged, tagged);
            assembly.Mark(untagged);
            isWider = linkType != 1;
        }

        isWider |= new BpfCompiler(graph, view, assembly, isLinux, 0).Emit();
        if (isLinux && linkType == 1)
        {
            isWider |= new BpfCompiler(graph, BpfView.Tagged, assembly, isLinux, graph.Count).Emit();
        }

        assembly.Mark(FlowGraph.Accept);
        assembly.Add(BpfCode.ReturnConstant, graph.Root == FlowGraph.Reject ? 0 : snapLength);
        assembly.Mark(FlowGraph.Reject);
        assembly.Add(BpfCode.ReturnConstant, 0);
        List<BpfInstruction> program = assembly.Lay();
        return isLinux && program.Count > BpfProgram.Longest
            ? new BpfProgram([new BpfInstruction(BpfCode.ReturnConstant, 0, 0, snapLength)], IsWider: true)
            : new BpfProgram(program, isWider);
    }

    private bool Emit()
    {
        int[] accumulators = new int[_graph.Count];
        Array.Fill(accumulators, Unset);
        accumulators[_graph.Root] = Nothing;
        for (int number = _graph.Root; number > FlowGraph.Accept; number--)
        {
            if (accumulators[number] == Unset)
            {
                continue;
            }

            FlowNode node = _graph[number];
            _assembly.Mark(Label(number));
            _accumulator = accumulators[number];
            _memory = 0;
            if (!(node.IsSet ? TrySet(node) : TryTest(node)))
            {
                _isWider = true;
                _assembly.Jump(FlowGraph.Accept);
                continue;
            }

            Meet(ref accumulators[node.True]);
            Meet(ref accumulators[node.False]);
        }

        return _isWider;
    }

    private void Meet(ref int accumulator) =>
        accumulator = accumulator == Unset || accumulator == _accumulator ? _accumulator : Nothing;

    private int Label(int node) => node <= FlowGraph.Accept ? node : node + _labels;

    private bool TrySet(FlowNode node)
    {
        if (!TryFind(node.Right) || !TryWord(node.Left, out uint word))
        {
            return false;
        }

        _accumulator = Values.DependsOn(node.Right, node.Left) ? Nothing : node.Right;
        _assembly.Add(BpfCode.Store, word);
        _assembly.Jump(Label(node.True));
        return true;
    }

    private bool TryTest(FlowNode node)
    {
        ushort code = node.Comparison switch
        {
            Comparison.Equal => BpfCode.JumpEqual,
            Comparison.Greater => BpfCode.JumpGreater,
            _ => BpfCode.JumpGreaterOrEqual,
        };
        if (Values[node.Right] is { Operation: ValueOperation.Constant } constant)
        {
            if (!TryFind(node.Left))
            {
                return false;
            }

            _assembly.Test(code, constant.Number, Label(node.True), Label(node.False));
            return true;
        }

        if (!TryPair(node.Left, node.Right))
        {
            return false;
        }

        _accumulator = node.Left;
        _assembly.Test((ushort)(code | BpfCode.WithX), 0, Label(node.True), Label(node.False));
        return true;
    }

    /// <summary>One value into the accumulator, the other into X.</summary>
    private bool TryPair(int left, int right)
    {
        int word = _memory;
        if (!TryFind(right) || !TryReserve())
        {
            return false;
        }

        _assembly.Add(BpfCode.Store, (uint)word);
        if (!TryFind(left))
        {
            return false;
        }

        _assembly.Add(BpfCode.LoadXMemory, (uint)word);
        _memory = word;
        return true;
    }

    private bool TryReserve() => ++_memory + Values.Variables <= MemoryWords;

    private bool TryWord(int variable, out uint word)
    {
        word = MemoryWords - 1 - Values[variable].Number;
        return Values.Variables <= MemoryWords;
    }

    private bool TryFind(int number)
    {
        if (_accumulator == number)
        {
            return true;
        }

        _accumulator = Nothing;
        Value value = Values[number];
        bool found;
        switch (value.Operation)
        {
            case ValueOperation.Constant:
                _assembly.Add(BpfCode.LoadConstant, value.Number);
                found = true;
                break;
            case ValueOperation.Length:
                _assembly.Add(BpfCode.LoadLength);
                if (_view.Cut > 0)
                {
                    _assembly.Add(BpfArithmetic.CodeOf(ValueOperation.Add), _view.Cut);
                }

                found = true;
                break;
            case ValueOperation.Variable:
                found = TryWord(number, out uint word);
                _assembly.Add(BpfCode.LoadMemory, word);
                break;
            case ValueOperation.HeaderLength:
                found = TryHeaderLength(value);
                _assembly.Add(BpfCode.CopyFromX);
                break;
            case ValueOperation.Load:
                found = TryLoad(value);
                break;
            case ValueOperation.Negate:
                found = TryFind(value.Left);
                _assembly.Add(BpfCode.Negate);
                break;
            case ValueOperation.WirelessHeader or ValueOperation.ProtocolChain:
                found = false;
                break;
            default:
                found = TryOperation(value);
                break;
        }

        _accumulator = number;
        return found;
    }

    private bool TryOperation(Value value)
    {
        ushort code = BpfArithmetic.CodeOf(value.Operation);
        if (Values[value.Right] is { Operation: ValueOperation.Constant } constant)
        {
            if (!TryFind(value.Left))
            {
                return false;
            }

            _assembly.Add(code, constant.Number);
            return true;
        }

        if (value.Operation is not (ValueOperation.ShiftLeft or ValueOperation.ShiftRight))
        {
            if (!TryPair(value.Left, value.Right))
            {
                return false;
            }

            _assembly.Add((ushort)(code | BpfCode.WithX));
            return true;
        }

        // Kernels take the count modulo 32.
        int word = _memory;
        if (!TryFind(value.Left) || !TryReserve())
        {
            return false;
        }

        _assembly.Add(BpfCode.Store, (uint)word);
        if (!TryFind(value.Right))
        {
            return false;
        }

        _memory = word;
        int shift = _assembly.NewLabel();
        int none = _assembly.NewLabel();
        int end = _assembly.NewLabel();
        _assembly.Test(BpfCode.JumpGreater, 31, none, shift);
        _assembly.Mark(shift);
        _assembly.Add(BpfCode.CopyToX);
        _assembly.Add(BpfCode.LoadMemory, (uint)word);
        _assembly.Add((ushort)(code | BpfCode.WithX));
        _assembly.Jump(end);
        _assembly.Mark(none);
        _assembly.Add(BpfCode.LoadConstant);
        _assembly.Mark(end);
        return true;
    }

    private bool TryHeaderLength(Value value)
    {
        bool found = _view.TryPlace(value.Number, 1, out uint place, out bool isBeside);
        _assembly.Add(BpfCode.LoadXHeaderLength, place);
        return found && !isBeside;
    }

    private bool TryLoad(Value value)
    {
        (ushort fixedCode, ushort fromX) = value.Size switch
        {
            1 => (BpfCode.LoadByte, BpfCode.LoadByteFromX),
            2 => (BpfCode.LoadHalf, BpfCode.LoadHalfFromX),
            _ => (BpfCode.LoadWord, BpfCode.LoadWordFromX),
        };
        if (value.Left < 0)
        {
            if (value.Number > int.MaxValue)
            {
                // Beyond any packet.
                _assembly.Add(BpfCode.ReturnConstant);
                return true;
            }

            bool found = _view.TryPlace(value.Number, value.Size, out uint place, out _);
            _assembly.Add(fixedCode, place);
            return found;
        }

        // Where it is cut, only what surely lies behind the cut is found; and a kernel takes huge sums for places beside the packet.
        uint offset = value.Number - _view.Cut;
        bool isSure = value.Number <= int.MaxValue && (_view.Cut == 0 || value.Number >= _view.Start + _view.Cut)
            && (!_isLinux || Bound(value.Left) + value.Number <= int.MaxValue);
        if (_isLinux ? !isSure : value.Number > int.MaxValue)
        {
            if (_isLinux)
            {
                return false;
            }

            _assembly.Add(BpfCode.ReturnConstant);
            return true;
        }

        switch (Values[value.Left].Operation)
        {
            case ValueOperation.HeaderLength:
                if (!TryHeaderLength(Values[value.Left]))
                {
                    return false;
                }

                break;
            case ValueOperation.Variable:
                if (!TryWord(value.Left, out uint word))
                {
                    return false;
                }

                _assembly.Add(BpfCode.LoadXMemory, word);
                break;
            default:
                if (!TryFind(value.Left))
                {
                    return false;
                }

                _assembly.Add(BpfCode.CopyToX);
                break;
        }

        _assembly.Add(fromX, offset);
        return true;
    }

    /// <summary>A value is at most this.</summary>
    private ulong Bound(int number)
    {
        Value value = Values[number];
        return value.Operation switch
        {
            ValueOperation.Constant => value.Number,
            ValueOperation.HeaderLength => 60,
            ValueOperation.Load => value.Size switch { 1 => 0xff, 2 => 0xffff, _ => uint.MaxValue },
            ValueOperation.And => Math.Min(Bound(value.Left), Bound(value.Right)),
            ValueOperation.Add => Math.Min(uint.MaxValue, Bound(value.Left) + Bound(value.Right)),
            ValueOperation.ShiftRight or ValueOperation.Divide or ValueOperation.Modulo => Bound(value.Left),
            ValueOperation.ShiftLeft when Values[value.Right] is { Operation: ValueOperation.Constant } by =>
                Math.Min(uint.MaxValue, Bound(value.Left) << (int)Math.Min(31, by.Number)),
            _ => uint.MaxValue,
        };
    }
}
