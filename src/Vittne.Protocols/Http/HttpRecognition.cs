using System.Text;

namespace Vittne.Protocols.Http;

/// <summary>Tells HTTP/1 from other bytes; SIP, RTSP, ICAP and others share its shape and are told apart by version or target.</summary>
internal static class HttpRecognition
{
    // So much of a first line is looked at where the target alone does not tell.
    private const int MaxLineLength = 512;

    // Where the target tells, a version this near is checked nevertheless.
    private const int NearLineLength = 64;

    // RFC 9110 section 9.3, RFC 5789, WebDAV and its relatives (RFC 4918, 3253, 3648, 3744, 4791, 5323, 5842), UPnP, and what proxies and caches take.
    private static readonly string[] Methods =
    [
        "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE", "CONNECT", "TRACE", "PATCH",
        "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH", "REPORT",
        "VERSION-CONTROL", "CHECKOUT", "CHECKIN", "UNCHECKOUT", "MKWORKSPACE", "UPDATE", "LABEL", "MERGE", "BASELINE-CONTROL", "MKACTIVITY",
        "ORDERPATCH", "ACL", "MKCALENDAR", "BIND", "UNBIND", "REBIND", "MKREDIRECTREF", "UPDATEREDIRECTREF", "LINK", "UNLINK",
        "BCOPY", "BDELETE", "BMOVE", "BPROPFIND", "BPROPPATCH", "POLL", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "M-SEARCH", "X-MS-ENUMATTS",
        "RPC_CONNECT", "RPC_IN_DATA", "RPC_OUT_DATA", "SSTP_DUPLEX_POST", "CCM_POST", "PURGE", "QUERY", "DEBUG", "INDEX", "TRACK",
    ];

    /// <summary>Whether a direction begins with a request or a response.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data)
    {
        // Empty lines before a message are ignored (RFC 9112 section 2.2).
        ReadOnlySpan<byte> start = data.TrimStart("\r\n"u8);
        if (start.IsEmpty)
        {
            return data.Length < 8 ? Recognition.NeedMore : Recognition.No;
        }

        return HttpStartLine.CouldBeStatus(start) ? RecognizesStatus(start) : RecognizesRequest(start);
    }

    /// <summary>Whether bytes behind which no more come begin with a message.</summary>
    public static bool RecognizesCut(ReadOnlySpan<byte> data) => !CutStartLine(data.TrimStart("\r\n"u8)).IsEmpty;

    /// <summary>
    /// What a start line without its line end tells for certain: a known method and the beginning of a target, or a status line. A version that
    /// is cut is left out.
    /// </summary>
    /// <param name="start">The line as far as it is there.</param>
    /// <returns>The part that tells; empty when the bytes could be something else.</returns>
    public static ReadOnlySpan<byte> CutStartLine(ReadOnlySpan<byte> start)
    {
        if (start.Contains((byte)'\n'))
        {
            return default;
        }

        if (HttpStartLine.IsStatusLine(start))
        {
            return start;
        }

        ReadOnlySpan<byte> method = HttpStartLine.Method(start);
        if (!IsKnownMethod(method) || !BeginsWebTarget(start[(method.Length + 1)..]))
        {
            return default;
        }

        int last = start.LastIndexOf((byte)' ') + 1;
        bool isVersionCut = last > method.Length + 1 && "HTTP/"u8.StartsWith(start[last..]);
        return isVersionCut ? start[..last].TrimEnd((byte)' ') : start;
    }

    /// <summary>True for a method of the list.</summary>
    public static bool IsKnownMethod(ReadOnlySpan<byte> method)
    {
        foreach (string known in Methods)
        {
            if (Ascii.Equals(method, known))
            {
                return true;
            }
        }

        return false;
    }

    private static Recognition RecognizesStatus(ReadOnlySpan<byte> start)
    {
        int end = start[..Math.Min(start.Length, NearLineLength)].IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? start : start[..end]).TrimEnd((byte)'\r');
        return HttpStartLine.IsStatusLine(line) ? Recognition.Yes
            : end < 0 && start.Length < NearLineLength ? Recognition.NeedMore
            : Recognition.No;
    }

    private static Recognition RecognizesRequest(ReadOnlySpan<byte> start)
    {
        if (!HttpStartLine.CouldBeRequest(start))
        {
            return Recognition.No;
        }

        int end = start[..Math.Min(start.Length, MaxLineLength)].IndexOf((byte)'\n');
        if (end >= 0)
        {
            // HTTP/2 with prior knowledge (RFC 9113 section 3.4) begins with a line that looks like HTTP/1.
            ReadOnlySpan<byte> line = start[..end].TrimEnd((byte)'\r');
            bool isRequest = (HttpStartLine.IsRequestLine(line) && !line.StartsWith("PRI * HTTP/2"u8))
                || HttpStartLine.IsBareRequestLine(line);
            return isRequest ? Recognition.Yes : Recognition.No;
        }

        ReadOnlySpan<byte> method = HttpStartLine.Method(start);
        ReadOnlySpan<byte> target = start[Math.Min(start.Length, method.Length + 1)..];
        if (start.Length > NearLineLength && IsKnownMethod(method) && BeginsWebTarget(target))
        {
            return Recognition.Yes;
        }

        return start.Length < MaxLineLength ? Recognition.NeedMore : Recognition.No;
    }

    // Origin form and absolute form (RFC 9112 section 3.2); sip:, rtsp:// and icap:// are others' schemes.
    private static bool BeginsWebTarget(ReadOnlySpan<byte> target) =>
        target.StartsWith("/"u8) || target.StartsWith("http://"u8) || target.StartsWith("https://"u8) || target.StartsWith("ftp://"u8);
}
