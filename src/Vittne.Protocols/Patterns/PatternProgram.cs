namespace Vittne.Protocols.Patterns;

/// <summary>
/// All patterns as one nondeterministic automaton: instructions of 32 bits, the sets of bytes they name, and the classes of bytes that no
/// set and no assertion tells apart. Immutable.
/// </summary>
internal sealed class PatternProgram
{
    private const int OperationBits = 3;

    private readonly int[] _code;
    private readonly byte[] _classes = new byte[256];
    private readonly byte[] _members;

    /// <summary>For each set a row of bits, one a class, so that a test is one load.</summary>
    private readonly ulong[] _takes;
    private readonly int _wordsInRow;

    public PatternProgram(int[] code, ByteSet[] sets, int[] starts)
    {
        _code = code;
        Starts = starts;
        _members = Classify(sets, _classes);
        _wordsInRow = (FinalNewlineClass / 64) + 1;
        _takes = new ulong[sets.Length * _wordsInRow];
        for (int set = 0; set < sets.Length; set++)
        {
            for (int byteClass = 0; byteClass < _members.Length; byteClass++)
            {
                Enter(set, byteClass, sets[set].Contains(_members[byteClass]));
            }

            Enter(set, FinalNewlineClass, sets[set].Contains('\n'));
        }
    }

    /// <summary>Where each pattern begins, in order of preference.</summary>
    public int[] Starts { get; }

    /// <summary>Number of instructions.</summary>
    public int Length => _code.Length;

    /// <summary>Number of byte classes, 1 to 256.</summary>
    public int ClassCount => _members.Length;

    /// <summary>The class that stands for the end of the text.</summary>
    public int EndClass => _members.Length;

    /// <summary>The class of a line feed that is the last byte of the text.</summary>
    public int FinalNewlineClass => _members.Length + 1;

    /// <summary>The class of each byte value.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>One instruction as it is stored.</summary>
    public static int Encode(PatternOperation operation, int argument) => (argument << OperationBits) | (int)operation;

    public PatternOperation OperationAt(int index) => (PatternOperation)(_code[index] & ((1 << OperationBits) - 1));

    public int ArgumentAt(int index) => _code[index] >> OperationBits;

    /// <summary>True when the set instruction takes bytes of this class; none takes the end of the text.</summary>
    public bool Takes(int index, int byteClass) =>
        ((_takes[(ArgumentAt(index) * _wordsInRow) + (byteClass >> 6)] >> (byteClass & 63)) & 1) != 0;

    /// <summary>What an assertion before a byte of this class sees.</summary>
    public AfterPosition KindBefore(int byteClass)
    {
        if (byteClass == EndClass)
        {
            return AfterPosition.End;
        }

        if (byteClass == FinalNewlineClass)
        {
            return AfterPosition.FinalNewline;
        }

        byte member = _members[byteClass];
        return member == '\n' ? AfterPosition.Newline : ByteSet.Word.Contains(member) ? AfterPosition.Word : AfterPosition.Other;
    }

    /// <summary>What an assertion after a byte of this class sees.</summary>
    public BeforePosition KindAfter(int byteClass) => KindBefore(byteClass) switch
    {
        AfterPosition.Word => BeforePosition.Word,
        AfterPosition.Newline or AfterPosition.FinalNewline => BeforePosition.Newline,
        _ => BeforePosition.Other,
    };

    /// <summary>True when the assertion holds between two neighbours.</summary>
    public static bool Holds(PatternAssertion assertion, BeforePosition before, AfterPosition after) => assertion switch
    {
        PatternAssertion.TextStart => before == BeforePosition.Start,
        PatternAssertion.TextEnd => after == AfterPosition.End,
        PatternAssertion.TextEndOrFinalNewline => after is AfterPosition.End or AfterPosition.FinalNewline,
        PatternAssertion.LineStart => before is BeforePosition.Start or BeforePosition.Newline,
        PatternAssertion.LineEnd => after is AfterPosition.End or AfterPosition.FinalNewline or AfterPosition.Newline,
        PatternAssertion.WordBoundary => (before == BeforePosition.Word) != (after == AfterPosition.Word),
        PatternAssertion.PerlNotWordBoundary => (before == BeforePosition.Word) == (after == AfterPosition.Word),

        // As Python before 3.14 has it, an empty text has no positions for \B.
        _ => (before == BeforePosition.Word) == (after == AfterPosition.Word)
            && !(before == BeforePosition.Start && after == AfterPosition.End),
    };

    private void Enter(int set, int byteClass, bool isTaken)
    {
        if (isTaken)
        {
            _takes[(set * _wordsInRow) + (byteClass >> 6)] |= 1UL << (byteClass & 63);
        }
    }

    /// <summary>Splits the 256 values until each class lies wholly in or out of every set; gives a member of each class.</summary>
    private static byte[] Classify(ByteSet[] sets, Span<byte> classes)
    {
        int count = 1;
        Span<int> twins = stackalloc int[256];
        Span<bool> hasOutsider = stackalloc bool[256];
        for (int s = -2; s < sets.Length; s++)
        {
            // Assertions tell word bytes and line feeds apart, so those are sets too.
            ByteSet set = s switch { -2 => ByteSet.Word, -1 => default(ByteSet).With('\n'), _ => sets[s] };
            twins[..count].Fill(-1);
            hasOutsider[..count].Clear();
            for (int value = 0; value < 256; value++)
            {
                hasOutsider[classes[value]] |= !set.Contains(value);
            }

            int before = count;
            for (int value = 0; value < 256; value++)
            {
                int old = classes[value];
                if (old < before && hasOutsider[old] && set.Contains(value))
                {
                    if (twins[old] < 0)
                    {
                        twins[old] = count;
                        count++;
                    }

                    classes[value] = (byte)twins[old];
                }
            }
        }

        byte[] members = new byte[count];
        for (int value = 255; value >= 0; value--)
        {
            members[classes[value]] = (byte)value;
        }

        return members;
    }
}
