using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Explain;
using Vittne.Capture.Pcapng;

namespace Vittne.Cli.Verbs;

/// <summary><c>vittne filter --explain</c>: what an expression means.</summary>
internal static class FilterExplanation
{
    private const ushort Ethernet = 1;

    /// <summary>Tells it for the link types of the captures, or for Ethernet without any.</summary>
    public static int Tell(PacketFilter? expression, string form, IReadOnlyList<string> captures, TextWriter output, TextWriter error)
    {
        if (expression is null)
        {
            error.WriteLine("vittne: filter: --explain needs an expression");
            return ExitCode.Usage;
        }

        var linkTypes = new SortedSet<ushort>();
        foreach (string path in captures)
        {
            using var reader = CaptureReader.Open(path);
            reader.Read(new PacketBatch());
            foreach (CaptureSection section in reader.Sections)
            {
                linkTypes.UnionWith(section.Interfaces.Select(static source => source.LinkType));
            }
        }

        foreach (ushort linkType in linkTypes.DefaultIfEmpty(Ethernet))
        {
            output.Write(form switch
            {
                "code" => expression.ExplainCode(linkType, CodeForm.Initialisers),
                "numbers" => expression.ExplainCode(linkType, CodeForm.Numbers),
                _ => expression.Explain(linkType),
            });
        }

        return ExitCode.Done;
    }
}
