using System.Globalization;
using System.Text;

namespace Vittne.Protocols.Tests.Patterns;

/// <summary>A pattern as a tree, with the simplest matcher there is: it tries one way after the other, in order of preference.</summary>
internal abstract record ModelPattern
{
    /// <summary>_steps of one search: some patterns take this matcher longer than the universe has been there.</summary>
    private const int MaxSteps = 20_000;

    [ThreadStatic]
    private static int _steps;

    /// <summary>True when the search takes too long: its answer means nothing.</summary>
    public bool TakesTooLong(byte[] text)
    {
        Find(text);
        return _steps > MaxSteps;
    }

    /// <summary>The leftmost match; null when there is none.</summary>
    public (int Start, int Length)? Find(byte[] text)
    {
        _steps = 0;
        for (int start = 0; start <= text.Length; start++)
        {
            int end = -1;
            if (Match(text, start, at => (end = at) >= 0))
            {
                return (start, end - start);
            }
        }

        return null;
    }

    /// <summary>The tree in the syntax of patterns.</summary>
    public abstract string Write();

    /// <summary>True when it can match nothing.</summary>
    public abstract bool MayBeEmpty { get; }

    protected abstract bool Match(byte[] text, int at, Func<int, bool> next);

    /// <summary>One byte.</summary>
    internal sealed record Bytes(string Text, Func<byte, bool> Takes) : ModelPattern
    {
        public override bool MayBeEmpty => false;

        public override string Write() => Text;

        protected override bool Match(byte[] text, int at, Func<int, bool> next) => ++_steps <= MaxSteps && at < text.Length && Takes(text[at]) && next(at + 1);
    }

    /// <summary>A condition.</summary>
    internal sealed record Place(string Text, Func<byte[], int, bool> Holds) : ModelPattern
    {
        public override bool MayBeEmpty => true;

        public override string Write() => Text;

        protected override bool Match(byte[] text, int at, Func<int, bool> next) => ++_steps <= MaxSteps && Holds(text, at) && next(at);
    }

    /// <summary>Both, one after the other.</summary>
    internal sealed record Both(ModelPattern First, ModelPattern Second) : ModelPattern
    {
        public override bool MayBeEmpty => First.MayBeEmpty && Second.MayBeEmpty;

        public override string Write() => First.Write() + Second.Write();

        protected override bool Match(byte[] text, int at, Func<int, bool> next) => First.Match(text, at, middle => Second.Match(text, middle, next));
    }

    /// <summary>One of them, the first preferred.</summary>
    internal sealed record Either(ModelPattern First, ModelPattern Second) : ModelPattern
    {
        public override bool MayBeEmpty => First.MayBeEmpty || Second.MayBeEmpty;

        public override string Write() => $"({First.Write()}|{Second.Write()})";

        protected override bool Match(byte[] text, int at, Func<int, bool> next) => First.Match(text, at, next) || Second.Match(text, at, next);
    }

    /// <summary>Several times; what is repeated takes at least a byte.</summary>
    internal sealed record Repeat(ModelPattern Part, int Minimum, int? Maximum, bool IsLazy) : ModelPattern
    {
        public override bool MayBeEmpty => Minimum == 0;

        public override string Write() => new StringBuilder("(?:").Append(Part.Write()).Append(
            CultureInfo.InvariantCulture, $"){{{Minimum},{Maximum}}}{(IsLazy ? "?" : "")}").ToString();

        protected override bool Match(byte[] text, int at, Func<int, bool> next) => Turn(text, at, 0, next);

        private bool Turn(byte[] text, int at, int done, Func<int, bool> next)
        {
            bool mayLeave = done >= Minimum;
            if (IsLazy && mayLeave && next(at))
            {
                return true;
            }

            return ((Maximum is null || done < Maximum) && Part.Match(text, at, after => Turn(text, after, done + 1, next)))
                || (!IsLazy && mayLeave && next(at));
        }
    }
}
