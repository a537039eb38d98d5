using System.Text;

namespace Vittne.Protocols.Http2;

/// <summary>The static table of HPACK (RFC 7541 appendix A).</summary>
internal static class HpackStaticTable
{
    private static readonly HpackEntry[] Entries = Build(
        ":authority", "", ":method", "GET", ":method", "POST", ":path", "/", ":path", "/index.html", ":scheme", "http", ":scheme", "https",
        ":status", "200", ":status", "204", ":status", "206", ":status", "304", ":status", "400", ":status", "404", ":status", "500",
        "accept-charset", "", "accept-encoding", "gzip, deflate", "accept-language", "", "accept-ranges", "", "accept", "",
        "access-control-allow-origin", "", "age", "", "allow", "", "authorization", "", "cache-control", "", "content-disposition", "",
        "content-encoding", "", "content-language", "", "content-length", "", "content-location", "", "content-range", "", "content-type", "",
        "cookie", "", "date", "", "etag", "", "expect", "", "expires", "", "from", "", "host", "", "if-match", "", "if-modified-since", "",
        "if-none-match", "", "if-range", "", "if-unmodified-since", "", "last-modified", "", "link", "", "location", "", "max-forwards", "",
        "proxy-authenticate", "", "proxy-authorization", "", "range", "", "referer", "", "refresh", "", "retry-after", "", "server", "",
        "set-cookie", "", "strict-transport-security", "", "transfer-encoding", "", "user-agent", "", "vary", "", "via", "",
        "www-authenticate", "");

    /// <summary>How many entries there are; indices of the dynamic table begin behind them.</summary>
    public static int Count => Entries.Length;

    /// <summary>The entry of an index from 1 to <see cref="Count"/>.</summary>
    public static HpackEntry Get(int index) => Entries[index - 1];

    private static HpackEntry[] Build(params string[] texts)
    {
        var entries = new HpackEntry[texts.Length / 2];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new HpackEntry(Encoding.ASCII.GetBytes(texts[2 * i]), Encoding.ASCII.GetBytes(texts[(2 * i) + 1]));
        }

        return entries;
    }
}
