namespace Vittne.Protocols.Patterns;

/// <summary>
/// Follows the instructions that take no byte, in order of preference, and collects the ones that do. One object serves one caller at a
/// time; its memory is proportional to the program.
/// </summary>
internal sealed class ClosureWalk
{
    private readonly PatternProgram _program;

    /// <summary>The round in which an instruction was last visited.</summary>
    private readonly int[] _visited;
    private readonly List<int> _stack = [];
    private int _round;

    public ClosureWalk(PatternProgram program)
    {
        _program = program;
        _visited = new int[program.Length];
    }

    /// <summary>The set instructions reached by the last <see cref="Reaches"/>, most preferred first.</summary>
    public List<int> Leaves { get; } = [];

    /// <summary>Forgets what was visited: a new position begins.</summary>
    public void BeginPosition()
    {
        if (_round == int.MaxValue)
        {
            Array.Clear(_visited);
            _round = 0;
        }

        _round++;
    }

    /// <summary>
    /// True when the instruction takes a byte and is new at this position, and marks it: most are of this kind, and need no walk.
    /// </summary>
    public bool TryVisitLeaf(int at)
    {
        if (_visited[at] == _round || _program.OperationAt(at) != PatternOperation.Set)
        {
            return false;
        }

        _visited[at] = _round;
        return true;
    }

    /// <summary>
    /// Collects what can be reached from an instruction at a position, what was visited there before left out. True when a match is
    /// reached: whatever is less preferred than it is not collected.
    /// </summary>
    public bool Reaches(int start, BeforePosition before, AfterPosition after, out int pattern)
    {
        pattern = -1;
        Leaves.Clear();
        _stack.Clear();
        _stack.Add(start);
        while (_stack.Count > 0)
        {
            int at = _stack[^1];
            _stack.RemoveAt(_stack.Count - 1);
            while (at >= 0 && _visited[at] != _round)
            {
                _visited[at] = _round;
                int argument = _program.ArgumentAt(at);
                switch (_program.OperationAt(at))
                {
                    case PatternOperation.Set:
                        Leaves.Add(at);
                        at = -1;
                        break;
                    case PatternOperation.Split:
                        _stack.Add(argument);
                        at++;
                        break;
                    case PatternOperation.SplitToTarget:
                        _stack.Add(at + 1);
                        at = argument;
                        break;
                    case PatternOperation.Jump:
                        at = argument;
                        break;
                    case PatternOperation.Assert:
                        at = PatternProgram.Holds((PatternAssertion)argument, before, after) ? at + 1 : -1;
                        break;
                    default:
                        pattern = argument;
                        return true;
                }
            }
        }

        return false;
    }
}
