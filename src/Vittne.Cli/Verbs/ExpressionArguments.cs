using System.CommandLine;
using Vittne.Capture.Filters;
using Vittne.Cli.Rendering;

namespace Vittne.Cli.Verbs;

/// <summary>Which packets to look at at all: a filter expression, for verbs that read traffic.</summary>
internal sealed class ExpressionArguments
{
    public Option<string> Filter { get; } = new("--filter", "-f")
    {
        Description = "Look only at packets that match an expression of the pcap-filter language, such as 'tcp port 80'.",
        HelpName = "EXPR",
    };

    public Option<string> File { get; } = new("--filter-file", "-F")
    {
        Description = "The same, with the expression in a file; lines that begin with # are remarks.",
        HelpName = "FILE",
    };

    public Option<bool> Resolve { get; } = new("--resolve")
    {
        Description = "Look up host names in the filter expression; else only addresses are taken, since a look-up tells others what one looks for.",
    };

    /// <summary>All of them.</summary>
    public Option[] All => [Filter, File, Resolve];

    /// <summary>Declares everything on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(Filter);
        verb.Add(File);
        verb.Add(Resolve);
    }

    /// <summary>Reads the options; what is wrong is told in one line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="verb">Name of the verb, for that line.</param>
    /// <param name="error">Where it is told.</param>
    /// <param name="filter">The filter; null when none was asked for.</param>
    public bool TryRead(ParseResult parsed, string verb, TextWriter error, out PacketFilter? filter)
    {
        filter = null;
        if (FilterExpression.Find(words: null, parsed.GetValue(Filter), parsed.GetValue(File), out string? text) is { } problem)
        {
            error.WriteLine($"vittne: {verb}: {TerminalText.Escape(problem)}");
            return false;
        }

        return text is null || FilterExpression.TryParse(text, parsed.GetValue(Resolve), error, verb, out filter);
    }
}
