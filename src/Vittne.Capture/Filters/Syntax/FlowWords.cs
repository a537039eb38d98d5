namespace Vittne.Capture.Filters.Syntax;

/// <summary>
/// Words for what is found in flows. To the pcap-filter language they are names of hosts and the like, and they stay that wherever an expression
/// is one of that language: none has a name and a value side by side.
/// </summary>
internal static class FlowWords
{
    /// <summary>What a word of this kind that cannot stand where it stands is refused with; null when it is another token.</summary>
    public static FilterRefusedException? Refusal(FilterToken token) =>
        token.Kind == TokenKind.FlowTerm
            ? new FilterRefusedException(token.Column, $"\"{token.Text}\" cannot stand here, it takes no qualifier such as \"host\"")
            : token.Kind == TokenKind.Name && TryFind(token.Text, out _)
                ? new FilterRefusedException(token.Column, $"\"{token.Text}\" wants what it is to be behind it, such as {Example(token.Text)}")
                : null;

    /// <summary>Refuses a term where nobody knows flows.</summary>
    public static FilterRefusedException NotKnown(FlowTermNode node) => new(
        node.Column,
        $"\"{node.Word}\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not");

    /// <summary>What a word asks for.</summary>
    public static bool TryFind(string word, out FlowTermKind kind)
    {
        (kind, bool isFound) = word switch
        {
            "community-id" => (FlowTermKind.CommunityId, true),
            "flow" => (FlowTermKind.Flow, true),
            "sni" => (FlowTermKind.Sni, true),
            "host-name" => (FlowTermKind.HostName, true),
            "payload" => (FlowTermKind.Payload, true),
            _ => (default, false),
        };
        return isFound;
    }

    /// <summary>
    /// The value behind a word: in quotation marks (a backslash keeps one inside), or up to a blank or a closing bracket. False where the
    /// pcap-filter language could go on behind a name, or nothing is left.
    /// </summary>
    /// <param name="rest">What follows the word.</param>
    /// <param name="value">The value, without quotation marks.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">Characters up to its end.</param>
    public static bool TryTakeValue(ReadOnlySpan<char> rest, out string value, out int start, out int length)
    {
        start = rest.Length - rest.TrimStart(" \t\r\n").Length;
        value = "";
        length = start;
        ReadOnlySpan<char> text = rest[start..];
        if (text.StartsWith("\""))
        {
            int end = 1;
            while (end < text.Length && text[end] != '"')
            {
                end += text[end] == '\\' && end + 1 < text.Length ? 2 : 1;
            }

            if (end >= text.Length)
            {
                return false;
            }

            value = text[1..end].ToString().Replace("\\\"", "\"", StringComparison.Ordinal);
            start++;
            length += end + 1;
            return true;
        }

        int stop = text.IndexOfAny(" \t\r\n)");
        text = stop < 0 ? text : text[..stop];
        if (text.IsEmpty || text is "and" or "or" || text.StartsWith("&&") || text.StartsWith("||"))
        {
            return false;
        }

        value = text.ToString();
        length += text.Length;
        return true;
    }

    private static string Example(string word) => word switch
    {
        "community-id" => "community-id 1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=",
        "flow" => "flow 17",
        "payload" => "payload \"passw(or)?d\"",
        _ => $"{word} www.example.org",
    };
}
