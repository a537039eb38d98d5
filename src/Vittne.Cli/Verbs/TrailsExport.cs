using System.Text;
using Vittne.Trails;
using Vittne.Trails.Export;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne trails export</c>.</summary>
internal static class TrailsExport
{
    private const int BufferLength = 64 << 10;

    public static int Run(string[] trails, ExportFormat format, string[] kinds, Severity least, string? target, TextWriter output, TextWriter error)
    {
        string? unknown = Array.Find(kinds, kind => !Enum.GetValues<TrailKind>().Any(known => TrailWords.Of(known) == kind));
        if (unknown is not null)
        {
            error.WriteLine($"vittne: there is no kind '{unknown}'; there are {string.Join(", ", Enum.GetValues<TrailKind>().Select(TrailWords.Of))}");
            return ExitCode.Usage;
        }

        if (TrailsOpen.Load(trails, error, out TrailBuildReport report) is not TrailIndex index)
        {
            return ExitCode.Error;
        }

        using TrailIndex open = index;
        (long Written, IReadOnlyList<(TrailKind Kind, long Count)> NotHeld) told;
        if (target is null)
        {
            told = Write(open, format, kinds, least, output);
        }
        else
        {
            // A half-written block list must never stand where a whole one stood.
            string fresh = $"{target}.{Environment.ProcessId}.new";
            try
            {
                using (var file = new StreamWriter(fresh, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferLength))
                {
                    told = Write(open, format, kinds, least, file);
                }

                File.Move(fresh, target, overwrite: true);
            }
            finally
            {
                File.Delete(fresh);
            }
        }

        string notHeld = string.Join(", ", told.NotHeld.Select(kind => $"{TrailWords.Of(kind.Kind)} {TrailWords.Of(kind.Count)}"));
        error.WriteLine($"vittne: {TrailWords.Of(told.Written)} trails written{(notHeld.Length > 0 ? $"; the format cannot hold {notHeld}" : "")}");
        return report.Problems.Count > 0 ? ExitCode.Error : ExitCode.Done;
    }

    private static (long, IReadOnlyList<(TrailKind, long)>) Write(TrailIndex index, ExportFormat format, string[] kinds, Severity least, TextWriter output) =>
        TrailExport.Write(index, format, trail => trail.Severity >= least && (kinds.Length == 0 || kinds.Contains(TrailWords.Of(trail.Kind))), output);
}
