using System.Diagnostics;
using System.Globalization;

namespace Vittne.Mutations;

/// <summary>Damages the inputs of one target and looks whether it keeps its promises: no exception, no second of work, no memory without measure.</summary>
/// <param name="target">The target.</param>
/// <param name="seeds">Good inputs.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class FuzzRun(FuzzTarget target, IReadOnlyList<Original> seeds, int seed)
{
    private const int MaxCorpus = 8192;
    private const int MaxKeptLength = 256 << 10;
    private const int SlowMilliseconds = 1000;

    // An input may cost its own length many times (records, text), not a buffer for each length field that it claims.
    private const long AllowedBase = 64L << 20;
    private const long AllowedTimes = 2048;

    // A session catches what its parser lets out; where it came from is told by the runtime only then.
    [ThreadStatic]
    private static Exception? _inner;

    private readonly List<Original> _corpus = [.. seeds];
    private readonly Observer _observer = new();
    private readonly Mutator _mutator = new(seed, target.ProtectedLength);

    static FuzzRun() => AppDomain.CurrentDomain.FirstChanceException += static (_, happened) =>
        _inner = happened.Exception is FuzzFailureException ? _inner : happened.Exception;

    /// <summary>What went wrong, in words.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Inputs that broke a promise, as many as <see cref="Failures"/>.</summary>
    public List<byte[]> FailedInputs { get; } = [];

    /// <summary>Records that the target told in all.</summary>
    public long Records { get; private set; }

    /// <summary>Inputs that are damaged further.</summary>
    public int CorpusCount => _corpus.Count;

    /// <summary>Kinds of value that came up.</summary>
    public int Kinds => _observer.Kinds;

    /// <summary>Bytes of live objects that the second half of the run added.</summary>
    public long Grown { get; private set; }

    /// <summary>Runs the seeds as they are and then mutants.</summary>
    public void Run(int count)
    {
        long atHalf = 0, kept = 0;
        if (_corpus.Count == 0)
        {
            _corpus.Add(Original.Of([]));
        }

        // Files are good captures that tests read anyway.
        for (int i = 0, good = _corpus.Count; i < good; i++)
        {
            if (_corpus[i].Bytes is { } input)
            {
                Try(input, string.Create(CultureInfo.InvariantCulture, $"seed {i}"));
            }
        }

        byte[] other = [];
        for (int number = 0; number < count; number++)
        {
            Random random = _mutator.RandomOf(number);
            byte[] original = _corpus[random.Next(_corpus.Count)].Load();
            byte[] mutant = _mutator.Mutate(original, other, random);
            other = original;
            if (Try(mutant, string.Create(CultureInfo.InvariantCulture, $"mutant {number}")) && _corpus.Count < MaxCorpus && mutant.Length <= MaxKeptLength)
            {
                _corpus.Add(Original.Of(mutant));
                kept += mutant.Length;
            }

            if (number == count / 2)
            {
                atHalf = GC.GetTotalMemory(forceFullCollection: true) - kept;
            }
        }

        Grown = GC.GetTotalMemory(forceFullCollection: true) - kept - atHalf;
    }

    /// <summary>Runs one input.</summary>
    /// <returns>True when it showed something new.</returns>
    public bool Try(byte[] input, string name)
    {
        _observer.Begin();
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input, _observer);
        }
        catch (Exception e)
        {
            Fail(input, $"{name}: {e.GetType().Name}: {e.Message}\n{(e is FuzzFailureException ? _inner : e.StackTrace)}");
            return false;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > AllowedBase + (AllowedTimes * input.Length))
        {
            Fail(input, string.Create(CultureInfo.InvariantCulture, $"{name}: {allocated >> 20} MiB allocated for {input.Length} bytes"));
        }

        if (Stopwatch.GetElapsedTime(started).TotalMilliseconds > SlowMilliseconds && ProcessorTime(input) is var milliseconds and > SlowMilliseconds)
        {
            Fail(input, string.Create(CultureInfo.InvariantCulture, $"{name}: {milliseconds:0} ms of processor time for {input.Length} bytes"));
        }

        Records += _observer.Records;
        return _observer.IsNew;
    }

    // On a busy machine the clock would blame the input for its neighbours.
    private double ProcessorTime(byte[] input)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        target.Run(input, _observer);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private void Fail(byte[] input, string words)
    {
        Failures.Add(words);
        FailedInputs.Add(input);
    }
}
