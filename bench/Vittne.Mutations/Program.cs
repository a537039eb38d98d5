using System.Diagnostics;
using System.Globalization;
using Vittne.Capture;
using Vittne.Engine.Hunt;
using Vittne.Engine.Spine;
using Vittne.Mutations;
using Vittne.Trails;

// Hunts in damaged copies of captures: nothing may crash, hang, fail inside a parser or grow.
//   dotnet run -c Release --project bench/Vittne.Mutations -- CAPTURES TRAILS COUNT [SEED]
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: Vittne.Mutations CAPTURES TRAILS COUNT [SEED]");
    return 2;
}

string[] files = [.. CapturePaths.Expand([args[0]]).Where(path => new FileInfo(path).Length < 4 << 20)];
int count = int.Parse(args[2], CultureInfo.InvariantCulture);
int seed = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1;
using TrailIndex index = TrailIndex.Load([args[1]], new TrailBuildOptions(), out _);
var mutator = new Mutator(seed);
string target = Path.Combine(Path.GetTempPath(), $"vittne-mutant-{Environment.ProcessId}.pcap");
long failures = 0, slow = 0, packets = 0, events = 0, memoryAtHalf = 0;
byte[] other = [];
var process = Process.GetCurrentProcess();
for (int number = 0; number < count; number++)
{
    string file = files[(int)((uint)HashCode.Combine(seed, number, 7) % files.Length)];
    byte[] original = File.ReadAllBytes(file);
    byte[] mutant = mutator.Mutate(original, other, number);
    other = original;
    File.WriteAllBytes(target, mutant);
    // Processor time: on a busy machine the clock would blame the capture for its neighbours.
    TimeSpan before = process.TotalProcessorTime;
    try
    {
        var input = new SpineOptions { Captures = [target] };
        HuntSummary summary = new HuntRun(new HuntOptions { Index = index }, input, _ => events++).Run(CancellationToken.None);
        packets += summary.Input.Packets;
        if (summary.Protocols.ParserExceptions > 0)
        {
            throw new InvalidOperationException("a parser failed");
        }
    }
    catch (Exception e)
    {
        failures++;
        string kept = Path.Combine(Path.GetTempPath(), $"vittne-mutant-{seed}-{number}.pcap");
        File.Copy(target, kept, overwrite: true);
        Console.WriteLine($"{number} of {file}: {e.GetType().Name}: {e.Message} (kept as {kept})\n{e.StackTrace}");
    }

    process.Refresh();
    double milliseconds = (process.TotalProcessorTime - before).TotalMilliseconds;
    if (milliseconds > 1000)
    {
        slow++;
        string kept = Path.Combine(Path.GetTempPath(), $"vittne-slow-{seed}-{number}.pcap");
        File.Copy(target, kept, overwrite: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} of {file}: {milliseconds:0} ms of processor time (kept as {kept})"));
    }

    if (number == count / 2)
    {
        memoryAtHalf = GC.GetTotalMemory(forceFullCollection: true);
    }
}

File.Delete(target);
long grown = GC.GetTotalMemory(forceFullCollection: true) - memoryAtHalf;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} mutants (seed {seed}), {packets} packets, {events} events, {failures} failures, {slow} over 1 s, memory of the second half {grown / 1024.0:+0;-0} KiB"));
return failures + slow > 0 ? 1 : 0;
