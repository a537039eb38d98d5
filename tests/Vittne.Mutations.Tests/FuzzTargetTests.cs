using Vittne.Capture;
using Vittne.Trails;

namespace Vittne.Mutations.Tests;

/// <summary>A short run of every target; the long ones are made with the program itself.</summary>
public sealed class FuzzTargetTests
{
    private const int MutantsOfEach = 300;

    public static TheoryData<string> Names { get; } = [.. AllTargets().Select(static target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_input_breaks_no_promise(string name)
    {
        FuzzTarget target = AllTargets().Single(target => target.Name == name);
        Original[] seeds = target.TakesCaptures
            ? [.. CapturePaths.Expand([Samples()]).Select(static path => new Original(null, path))]
            : [.. target.Seeds().Select(Original.Of)];
        var run = new FuzzRun(target, seeds, seed: 20);
        run.Run(target.TakesCaptures ? MutantsOfEach / 10 : MutantsOfEach);

        Assert.Empty(run.Failures);
        Assert.True(run.Kinds > 1, "nothing that the target read was seen");
    }

    [Fact]
    public void Failing_parser_is_told_with_its_input()
    {
        var run = new FuzzRun(new FailingTarget(), [Original.Of([1, 2, 3])], seed: 1);
        run.Run(0);

        Assert.Contains("seed 0: InvalidOperationException: of 3 bytes", Assert.Single(run.Failures), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], Assert.Single(run.FailedInputs));
    }

    [Fact]
    public void Greedy_parser_is_told()
    {
        var run = new FuzzRun(new GreedyTarget(), [Original.Of([1])], seed: 1);
        run.Run(0);

        Assert.Contains("MiB allocated for 1 bytes", Assert.Single(run.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Same_seed_gives_the_same_mutants()
    {
        var mutator = new Mutator(5, protectedLength: 2);
        byte[] original = [.. Enumerable.Range(0, 200).Select(static value => (byte)value)];

        byte[] first = mutator.Mutate(original, original, mutator.RandomOf(9));

        Assert.Equal(first, new Mutator(5, protectedLength: 2).Mutate(original, original, mutator.RandomOf(9)));
        Assert.NotEqual(original, first);
    }

    private static IReadOnlyList<FuzzTarget> AllTargets() =>
        TargetRegistry.All(TrailIndex.Load([Path.Combine(Samples(), "trails")], new TrailBuildOptions { BuiltAtSeconds = 1_800_000_000 }, out _));

    private static string Samples()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Vittne.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository"), "samples");
    }

    private sealed class FailingTarget() : FuzzTarget("failing")
    {
        public override IEnumerable<byte[]> Seeds() => [];

        public override void Run(byte[] input, Observer seen) => throw new InvalidOperationException($"of {input.Length} bytes");
    }

    private sealed class GreedyTarget() : FuzzTarget("greedy")
    {
        public override IEnumerable<byte[]> Seeds() => [];

        public override void Run(byte[] input, Observer seen) => seen.Note("length", new byte[100 << 20].Length);
    }
}
