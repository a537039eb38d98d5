using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Vittne.Capture.Filters;

namespace Vittne.Cli.Verbs;

/// <summary>Where a pcap-filter expression on the command line comes from, and how it is read.</summary>
internal static class FilterExpression
{
    /// <summary>The text that was given: words, an option or a file; null without any.</summary>
    /// <param name="words">The words behind the captures.</param>
    /// <param name="option">What <c>-f</c> says.</param>
    /// <param name="file">What <c>-F</c> names.</param>
    /// <param name="text">The expression.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Find(string? words, string? option, string? file, out string? text)
    {
        text = words ?? option;
        if ((words is not null ? 1 : 0) + (option is not null ? 1 : 0) + (file is not null ? 1 : 0) > 1)
        {
            return "the expression is given twice; write it behind the captures, with -f, or with -F";
        }

        if (file is null)
        {
            return null;
        }

        try
        {
            text = string.Join(' ', File.ReadLines(file).Where(static line => !line.TrimStart().StartsWith('#')));
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"-F: {problem.Message}";
        }
    }

    /// <summary>How an expression is read.</summary>
    /// <param name="resolves">True to ask this machine's resolver for host names.</param>
    public static PacketFilterOptions Options(bool resolves) =>
        resolves ? PacketFilterOptions.Default with { Resolver = Addresses } : PacketFilterOptions.Default;

    /// <summary>Reads an expression; a refusal is told in one line.</summary>
    public static bool TryParse(string text, bool resolves, TextWriter error, string verb, [NotNullWhen(true)] out PacketFilter? filter)
    {
        if (PacketFilter.TryParse(text, Options(resolves), out filter, out FilterError? problem))
        {
            return true;
        }

        error.WriteLine(Line(verb, problem));
        return false;
    }

    /// <summary>The line about an expression that is refused.</summary>
    public static string Line(string verb, FilterError problem) => $"vittne: {verb}: {Rendering.TerminalText.Escape(problem.ToString())}";

    private static IReadOnlyList<IPAddress> Addresses(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name);
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
