namespace Vittne.Protocols.Patterns.Backtracking;

/// <summary>
/// Searches for what no automaton can: one possibility is followed to its end, then the next. That may take time without bound, so the steps
/// of one search are limited; a search that reaches the limit counts as without a match.
/// </summary>
internal sealed class BacktrackSearch(BacktrackInstruction[] code, ByteSet[] sets, int slots)
{
    /// <summary>Steps of one search: about 10 ms. PCRE2 gives up after ten times as many.</summary>
    public const int MaxSteps = 1_000_000;

    // Frames that wait; each step adds at most one, and the text that an attacker sends decides how many.
    private const int MaxFrames = 100_000;

    private State? _spare;
    private long _limits;

    /// <summary>Searches that reached the limit.</summary>
    public long Limits => Volatile.Read(ref _limits);

    /// <summary>The leftmost match, with the length that the preferences of the pattern give it. Safe from several threads.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out int start, out int length)
    {
        State state = Interlocked.Exchange(ref _spare, null) ?? new State(slots);
        state.Steps = 0;
        bool isFound = false;
        (start, length) = (0, 0);
        for (int at = 0; at <= text.Length && !isFound && state.Steps <= MaxSteps; at++)
        {
            state.Slots.AsSpan().Fill(-1);
            state.Frames.Clear();
            int end = Run(state, text, 0, at);
            if (end >= 0)
            {
                isFound = true;
                (start, length) = (at, end - at);
            }
        }

        if (state.Steps > MaxSteps)
        {
            Interlocked.Increment(ref _limits);
        }

        Volatile.Write(ref _spare, state);
        return isFound;
    }

    /// <summary>Follows the code until it accepts; gives the position there, or -1 when every way fails. Nested as deep as the pattern is.</summary>
    private int Run(State state, ReadOnlySpan<byte> text, int pc, int at)
    {
        List<Frame> frames = state.Frames;
        int bottom = frames.Count;
        while (true)
        {
            if (++state.Steps > MaxSteps || frames.Count > MaxFrames)
            {
                state.Steps = MaxSteps + 1;
                return -1;
            }

            BacktrackInstruction now = code[pc];
            bool goesOn = true;
            switch (now.Operation)
            {
                case BacktrackOperation.Set:
                    goesOn = at < text.Length && sets[now.A].Contains(text[at]);
                    at++;
                    pc++;
                    break;
                case BacktrackOperation.Split:
                    frames.Add(new Frame(now.B, at, -1));
                    pc = now.A;
                    break;
                case BacktrackOperation.Jump:
                    pc = now.A;
                    break;
                case BacktrackOperation.Assert:
                    goesOn = PatternProgram.Holds((PatternAssertion)now.A, KindBefore(text, at), KindAfter(text, at));
                    pc++;
                    break;
                case BacktrackOperation.Save:
                    frames.Add(new Frame(-1, state.Slots[now.A], now.A));
                    state.Slots[now.A] = at;
                    pc++;
                    break;
                case BacktrackOperation.Progress:
                    goesOn = state.Slots[now.A] != at;
                    pc++;
                    break;
                case BacktrackOperation.Reference:
                    goesOn = TryRepeat(state, text, now, ref at);
                    pc++;
                    break;
                case BacktrackOperation.Back:
                    at -= now.A;
                    goesOn = at >= 0;
                    pc++;
                    break;
                case BacktrackOperation.Look:
                case BacktrackOperation.Atomic:
                    goesOn = TryApart(state, text, now, pc + 1, ref at);
                    pc = now.A;
                    break;
                default:
                    return at;
            }

            if (!goesOn && !TryBack(state, bottom, ref pc, ref at))
            {
                return -1;
            }
        }
    }

    private bool TryApart(State state, ReadOnlySpan<byte> text, BacktrackInstruction now, int start, ref int at)
    {
        int height = state.Frames.Count;
        int end = Run(state, text, start, at);
        bool isFound = end >= 0;
        bool isNegated = now is { Operation: BacktrackOperation.Look, B: 1 };
        if (isFound && isNegated)
        {
            // What was captured inside is forgotten with the failure.
            int pc = 0;
            int ignored = 0;
            while (TryBack(state, height, ref pc, ref ignored))
            {
            }
        }
        else if (isFound)
        {
            DropChoices(state.Frames, height);
        }

        if (now.Operation == BacktrackOperation.Atomic && isFound)
        {
            at = end;
        }

        return isFound != isNegated && state.Steps <= MaxSteps;
    }

    /// <summary>Forgets the other ways, but not what has to be undone.</summary>
    private static void DropChoices(List<Frame> frames, int height)
    {
        int kept = height;
        for (int i = height; i < frames.Count; i++)
        {
            if (frames[i].Slot >= 0)
            {
                frames[kept++] = frames[i];
            }
        }

        frames.RemoveRange(kept, frames.Count - kept);
    }

    /// <summary>Returns to the last choice; false when there is none above <paramref name="bottom"/>.</summary>
    private static bool TryBack(State state, int bottom, ref int pc, ref int at)
    {
        List<Frame> frames = state.Frames;
        while (frames.Count > bottom)
        {
            Frame frame = frames[^1];
            frames.RemoveAt(frames.Count - 1);
            if (frame.Slot < 0)
            {
                (pc, at) = (frame.Pc, frame.At);
                return true;
            }

            state.Slots[frame.Slot] = frame.At;
        }

        return false;
    }

    private static bool TryRepeat(State state, ReadOnlySpan<byte> text, BacktrackInstruction now, ref int at)
    {
        int from = state.Slots[2 * now.A];
        int to = state.Slots[(2 * now.A) + 1];
        if (from < 0 || to < from || to - from > text.Length - at)
        {
            return false;
        }

        ReadOnlySpan<byte> wanted = text[from..to];
        ReadOnlySpan<byte> found = text.Slice(at, to - from);
        state.Steps += wanted.Length / 16;
        at += wanted.Length;
        return now.B == 0 ? wanted.SequenceEqual(found) : System.Text.Ascii.EqualsIgnoreCase(wanted, found) || wanted.SequenceEqual(found);
    }

    private static BeforePosition KindBefore(ReadOnlySpan<byte> text, int at) =>
        at == 0 ? BeforePosition.Start
        : text[at - 1] == '\n' ? BeforePosition.Newline
        : ByteSet.Word.Contains(text[at - 1]) ? BeforePosition.Word
        : BeforePosition.Other;

    private static AfterPosition KindAfter(ReadOnlySpan<byte> text, int at) =>
        at == text.Length ? AfterPosition.End
        : text[at] == '\n' ? at == text.Length - 1 ? AfterPosition.FinalNewline : AfterPosition.Newline
        : ByteSet.Word.Contains(text[at]) ? AfterPosition.Word
        : AfterPosition.Other;

    /// <summary>A choice to return to, or the old value of a slot.</summary>
    private readonly record struct Frame(int Pc, int At, int Slot);

    /// <summary>What a search remembers; used again by the next one.</summary>
    private sealed class State(int slots)
    {
        public int[] Slots { get; } = new int[slots];

        public List<Frame> Frames { get; } = [];

        public int Steps { get; set; }
    }
}
