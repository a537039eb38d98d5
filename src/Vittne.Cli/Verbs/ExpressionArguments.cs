using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Cli.Rendering;
using Vittne.Engine.Spine.Terms;

namespace Vittne.Cli.Verbs;

/// <summary>Which packets to look at at all: a filter expression, for verbs that read traffic.</summary>
/// <param name="hasLetters">False when the verb's letters <c>-f</c> and <c>-F</c> mean something else.</param>
internal sealed class ExpressionArguments(bool hasLetters = true)
{
    public Option<string> Filter { get; } = new("--filter", hasLetters ? ["-f"] : [])
    {
        Description = "Look only at packets that match an expression of the pcap-filter language, such as 'tcp port 80'.",
        HelpName = "EXPR",
    };

    public Option<string> File { get; } = new("--filter-file", hasLetters ? ["-F"] : [])
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
    /// <param name="error">Where it is told.</param>
    /// <param name="filter">The filter; null when none was asked for.</param>
    public bool TryRead(ParseResult parsed, TextWriter error, out PacketFilter? filter) => TryRead(parsed, words: null, error, out filter);

    /// <summary>The same for a verb that follows flows: the expression may ask for them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="captures">What is to be read; null for what cannot be read twice.</param>
    /// <param name="error">Where it is told.</param>
    /// <param name="filter">The filter; null when none was asked for.</param>
    public bool TryReadWithFlows(ParseResult parsed, IReadOnlyList<string>? captures, TextWriter error, out PacketFilter? filter)
    {
        if (!TryRead(parsed, words: null, error, out filter, allowsFlowTerms: true))
        {
            return false;
        }

        if (filter is null)
        {
            return true;
        }

        if (!FlowTermSet.TryRead(filter, out FlowTermSet? terms, out FilterError? refusal))
        {
            error.WriteLine($"vittne: filter: {TerminalText.Escape(refusal.ToString())}");
            return false;
        }

        if (terms is { NeedsSecondRead: true } && (captures is null || captures.Contains(CaptureReader.StandardInput)))
        {
            error.WriteLine($"vittne: filter: flow, sni and host-name ask what a flow tells later, so captures are read twice: name files, not {(captures is null ? "an interface or a capture that grows" : "standard input")}");
            return false;
        }

        return true;
    }

    /// <summary>The same, where the expression may be words of the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="words">The words; null without any.</param>
    /// <param name="error">Where it is told.</param>
    /// <param name="filter">The filter; null when none was asked for.</param>
    /// <param name="allowsFlowTerms">Whether the verb follows flows.</param>
    public bool TryRead(ParseResult parsed, string? words, TextWriter error, out PacketFilter? filter, bool allowsFlowTerms = false)
    {
        filter = null;
        string? text = parsed.GetValue(Filter);
        if (words is not null && (text is not null || parsed.GetValue(File) is not null))
        {
            error.WriteLine("vittne: filter: the expression is given twice; as words, with -f, or with -F");
            return false;
        }

        text ??= words;
        if (parsed.GetValue(File) is { } path)
        {
            if (text is not null)
            {
                error.WriteLine("vittne: filter: either -f or -F");
                return false;
            }

            try
            {
                text = Read(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"vittne: filter: {TerminalText.Escape(path)} cannot be read: {TerminalText.Escape(e.Message)}");
                return false;
            }
        }

        var options = new PacketFilterOptions { Resolver = parsed.GetValue(Resolve) ? LookUp : null, AllowsFlowTerms = allowsFlowTerms };
        if (text is null || PacketFilter.TryParse(text, options, out filter, out FilterError? refusal))
        {
            return true;
        }

        error.WriteLine($"vittne: filter: {TerminalText.Escape(refusal.ToString())}");
        return false;
    }

    /// <summary>The expression in a file: remarks left out, lines joined.</summary>
    internal static string Read(string path) =>
        string.Join(' ', System.IO.File.ReadAllLines(path).Where(static line => !line.TrimStart().StartsWith('#'))).Trim();

    private static IPAddress[] LookUp(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
