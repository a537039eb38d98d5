namespace Vittne.Capture.Filters.Syntax;

/// <summary>
/// Names that people write for what is found in flows. To the pcap-filter language they are names of hosts and the like, and where one may
/// stand they stay that.
/// </summary>
internal static class FlowWords
{
    /// <summary>What a name that cannot stand where it stands is refused with; null when it is another name.</summary>
    public static FilterRefusedException? Refusal(FilterToken token) =>
        token.Kind == TokenKind.Name && token.Text is "community-id" or "flow" or "sni" or "host-name" or "payload"
            ? new FilterRefusedException(token.Column, $"\"{token.Text}\" is told by flows and streams, and no verb filters by it")
            : null;
}
