using System.Diagnostics;
using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Trails;
using Vittne.Trails.Lists;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails build</c>.</summary>
internal static class TrailsBuild
{
    public static int Run(string[] paths, string target, TrailBuildOptions options, bool isStrict, TextWriter output, TextWriter error)
    {
        var clock = Stopwatch.StartNew();
        TrailBuildReport report;
        bool isWritten;
        try
        {
            isWritten = TrailIndexWriter.Build(paths, target, options, isStrict, out report);
        }
        catch (InvalidDataException e)
        {
            error.WriteLine($"vittne: {e.Message}");
            return ExitCode.Error;
        }

        TimeSpan taken = clock.Elapsed;
        foreach (string problem in report.Problems)
        {
            error.WriteLine($"vittne: {problem}");
        }

        foreach (BrokenLine line in report.Broken)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vittne: {line.List} {line.Unit} {line.Line} {LineFaultWords.Of(line.Fault)}: {TerminalText.Escape(line.Text)}"));
        }

        if (!isWritten)
        {
            error.WriteLine($"vittne: {target} was not written, {TrailWords.Of(report.BrokenLines)} lines cannot be used; mend them or build without --strict");
            return ExitCode.Error;
        }

        using TrailIndex index = TrailIndex.Open(target);
        foreach (string problem in index.PatternProblems)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
        }

        output.WriteLine($"{target}:");
        TrailsInfo.WriteCounts(index, output);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  built in      {taken.TotalSeconds:0.00} s"));
        return report.Problems.Count > 0 ? ExitCode.Error : ExitCode.Done;
    }
}
