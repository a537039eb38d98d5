using System.Globalization;
using Vittne.Capture;
using Vittne.Mutations;
using Vittne.Trails;

// Damages good inputs of everything that reads hostile bytes: nothing may crash, hang, fail inside a parser or grow.
//   dotnet run -c Release --project bench/Vittne.Mutations -- --list
//   dotnet run -c Release --project bench/Vittne.Mutations -- --target stream-http --count 100000 --seed 7
const string Usage = "usage: Vittne.Mutations [--list] [--target NAME]... [--count N] [--seed S] [--captures PATH] [--trails PATH] [--input FILE]";
List<string> wanted = [];
string captures = "samples", trails = Path.Combine("samples", "trails");
string? input = null;
int count = 10_000, seed = 1;
bool isList = false;
for (int i = 0; i < args.Length; i++)
{
    string? value = i + 1 < args.Length ? args[i + 1] : null;
    if (args[i] == "--list")
    {
        isList = true;
        continue;
    }

    bool isUnderstood = value is not null;
    switch (args[i++])
    {
        case "--target":
            wanted.Add(value ?? "");
            break;
        case "--count":
            isUnderstood = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count);
            break;
        case "--seed":
            isUnderstood = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed);
            break;
        case "--captures":
            captures = value ?? "";
            break;
        case "--trails":
            trails = value ?? "";
            break;
        case "--input":
            input = value;
            break;
        default:
            isUnderstood = false;
            break;
    }

    if (!isUnderstood)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

using TrailIndex index = TrailIndex.Load([trails], new TrailBuildOptions(), out _);
FuzzTarget[] targets = [.. TargetRegistry.All(index).Where(target => wanted.Count == 0 || wanted.Contains(target.Name))];
if (isList || targets.Length == 0)
{
    Console.WriteLine(string.Join('\n', targets.Select(static target => target.Name)));
    return targets.Length == 0 ? 2 : 0;
}

if (input is not null)
{
    var single = new FuzzRun(targets[0], [], seed);
    single.Try(File.ReadAllBytes(input), input);
    Console.WriteLine(single.Failures.Count == 0 ? "no failure" : single.Failures[0]);
    return single.Failures.Count == 0 ? 0 : 1;
}

string[] files = [.. CapturePaths.Expand([captures]).Where(static path => new FileInfo(path).Length < 4 << 20)];
IReadOnlyList<(string Protocol, bool IsStream, byte[] Conversation)> conversations =
    Array.Exists(targets, static target => !target.TakesCaptures) ? SeedCollector.Collect(files, most: 200) : [];
int failures = 0;
foreach (FuzzTarget target in targets)
{
    Original[] seeds = target.TakesCaptures
        ? [.. files.Select(static path => new Original(null, path))]
        : [.. target.Seeds().Concat(conversations.Select(found => target.SeedOf(found.Protocol, found.IsStream, found.Conversation)).OfType<byte[]>()).Select(Original.Of)];
    var run = new FuzzRun(target, seeds, seed);
    run.Run(count);
    failures += run.Failures.Count;
    for (int i = 0; i < Math.Min(run.Failures.Count, 20); i++)
    {
        string kept = Path.Combine(Path.GetTempPath(), $"vittne-fuzz-{target.Name}-{seed}-{i}.bin");
        File.WriteAllBytes(kept, run.FailedInputs[i]);
        Console.WriteLine($"{target.Name}, {run.Failures[i]}\n  kept as {kept}");
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name}: {count} mutants of {seeds.Length} inputs (seed {seed}), {run.Records} records, {run.Kinds} kinds of value, {run.CorpusCount} inputs kept, {run.Failures.Count} failures, memory of the second half {run.Grown / 1024.0:+0;-0} KiB"));
}

return failures > 0 ? 1 : 0;
