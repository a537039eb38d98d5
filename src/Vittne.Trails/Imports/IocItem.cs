namespace Vittne.Trails.Imports;

/// <summary>One item of an OpenIOC document.</summary>
/// <param name="Number">Its number from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Condition"><c>is</c>, <c>contains</c>, <c>matches</c> …; <c>not</c> when it is negated.</param>
/// <param name="Search">What is looked at: <c>DnsEntryItem/RecordName</c>.</param>
/// <param name="Content">What it is compared with.</param>
internal sealed record IocItem(int Number, string Id, string Condition, string Search, string Content)
{
    /// <summary>The indicator with its kind in front; empty when no trail can express the item.</summary>
    public (string Prefix, string Value) Indicator()
    {
        bool isEqual = Condition is "is" or "";
        if (!isEqual && Condition != "contains")
        {
            return ("", "");
        }

        return Search switch
        {
            "Network/DNS" or "DnsEntryItem/RecordName" or "DnsEntryItem/Host" or "UrlHistoryItem/HostName" or "Network/HTTP_Host" => ("domain:", Content),
            "PortItem/remoteIP" or "Network/RemoteIP" or "RouteEntryItem/Destination" or "DnsEntryItem/RecordData/IPv4Address"
                or "DnsEntryItem/RecordData/IPv6Address" or "Network/IP" when isEqual => ("ip:", Content),
            "UrlHistoryItem/URL" or "Network/URI" or "Network/HTTP_URI" or "Network/URL" => ("url:", Content),
            "Network/UserAgent" or "Network/HTTP_User_Agent" => ("ua:", LiteralPattern.Of(Content)),
            "FileItem/Md5sum" when isEqual => ("md5:", Content),
            "FileItem/Sha1sum" when isEqual => ("sha1:", Content),
            "FileItem/Sha256sum" when isEqual => ("sha256:", Content),
            _ => ("", ""),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Search} {Condition} {Content}";
}
