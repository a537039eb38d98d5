namespace Vittne.Trails;

/// <summary>Rules as they stand in output.</summary>
public static class DropRuleWords
{
    /// <summary>The last of the rules.</summary>
    internal const DropRule Last = DropRule.SingleWord;

    /// <summary>Stable name, for counters and JSON.</summary>
    public static string Name(DropRule rule) => rule switch
    {
        DropRule.Whitelisted => "whitelisted",
        DropRule.Local => "local",
        DropRule.Bogon => "bogon",
        DropRule.ContentDelivery => "content_delivery",
        DropRule.TooWide => "too_wide",
        DropRule.FewFeeds => "few_feeds",
        DropRule.SingleWord => "single_word",
        _ => "none",
    };

    /// <summary>The rule in words that complete "dropped: …".</summary>
    public static string Of(DropRule rule) => rule switch
    {
        DropRule.Whitelisted => "the whitelist holds it",
        DropRule.Local => "it is local",
        DropRule.Bogon => "its address is never on the Internet",
        DropRule.ContentDelivery => "its address belongs to a content delivery network",
        DropRule.TooWide => "the network is shorter than /8 (IPv6: /16)",
        DropRule.FewFeeds => "too few feeds tell it",
        DropRule.SingleWord => "it is a single word that only feeds tell",
        _ => "not dropped",
    };
}
