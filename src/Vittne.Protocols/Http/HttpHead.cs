using System.Text;

namespace Vittne.Protocols.Http;

/// <summary>
/// Start line and header lines of a request or response (RFC 9112 sections 3 to 5) as a view of the bytes that a record holds.
/// Line ends may be CR LF or LF alone. Reading allocates nothing, except the value of a header that is continued on further lines.
/// </summary>
public readonly ref struct HttpHead
{
    /// <summary>Longest head in bytes; a longer one is cut.</summary>
    public const int MaxLength = 256 << 10;

    /// <summary>Longest line in bytes; the head is cut inside a longer one.</summary>
    public const int MaxLineLength = 64 << 10;

    /// <summary>Most header lines; the head is cut before the next.</summary>
    public const int MaxHeaders = 500;

    private readonly ReadOnlySpan<byte> _lines;

    private HttpHead(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lines)
    {
        StartLine = line;
        _lines = lines;
    }

    /// <summary>The first line without its line end.</summary>
    public ReadOnlySpan<byte> StartLine { get; }

    /// <summary>True for the head of a request.</summary>
    public bool IsRequest => !HttpStartLine.HasStatusPrefix(StartLine);

    /// <summary>Request: the method as sent. Response: empty.</summary>
    public ReadOnlySpan<byte> Method => IsRequest ? HttpStartLine.Method(StartLine) : default;

    /// <summary>Request: the target as sent, in any form (RFC 9112 section 3.2), blanks inside it kept. Response: empty.</summary>
    public ReadOnlySpan<byte> Target => IsRequest ? HttpStartLine.Target(StartLine) : default;

    /// <summary><c>HTTP/1.1</c> as sent; empty in a request of HTTP/0.9.</summary>
    public ReadOnlySpan<byte> Version => HttpStartLine.Version(StartLine);

    /// <summary>Response: the status code; 0 in a request.</summary>
    public int Status => HttpStartLine.Status(StartLine);

    /// <summary>Response: the text behind the status code, may be empty.</summary>
    public ReadOnlySpan<byte> Reason => HttpStartLine.Reason(StartLine);

    /// <summary>The header lines in the order sent.</summary>
    public HttpHeaders Headers => new(_lines);

    /// <summary>
    /// The host that is meant: the first Host header without change, else the authority of an absolute target, else the target of CONNECT;
    /// empty when none tells.
    /// </summary>
    public ReadOnlySpan<byte> Host => TryGetHeader("Host"u8, out ReadOnlySpan<byte> host) && !host.IsEmpty ? host : Authority;

    /// <summary><see cref="Host"/> without port, and without the brackets of an IPv6 address. Letter case is kept.</summary>
    public ReadOnlySpan<byte> HostName
    {
        get
        {
            ReadOnlySpan<byte> host = Host;
            if (host.Length > 0 && host[0] == (byte)'[')
            {
                int end = host.IndexOf((byte)']');
                return end < 0 ? host[1..] : host[1..end];
            }

            int colon = host.LastIndexOf((byte)':');
            return colon < 0 ? host : host[..colon];
        }
    }

    /// <summary>Authority of an absolute target (<c>http://host:port/path</c>) without user information, or the target of CONNECT; else empty.</summary>
    public ReadOnlySpan<byte> Authority
    {
        get
        {
            ReadOnlySpan<byte> target = Target;
            int scheme = target.IndexOf("://"u8);
            if (scheme is <= 0 or > 16 || target[0] == (byte)'/')
            {
                return Ascii.EqualsIgnoreCase(Method, "CONNECT"u8) ? target : default;
            }

            ReadOnlySpan<byte> rest = target[(scheme + 3)..];
            int end = rest.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
            ReadOnlySpan<byte> authority = end < 0 ? rest : rest[..end];
            return authority[(authority.LastIndexOf((byte)'@') + 1)..];
        }
    }

    internal static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>Opens a head.</summary>
    /// <param name="bytes">The head of a record; the empty line may follow or not.</param>
    /// <param name="head">The head, valid as long as the bytes are.</param>
    /// <returns>False when there is no start line (a response of HTTP/0.9 has none).</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out HttpHead head)
    {
        int end = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = (end < 0 ? bytes : bytes[..end]).TrimEnd((byte)'\r');
        head = new HttpHead(line, end < 0 ? default : bytes[(end + 1)..]);
        return !line.IsEmpty;
    }

    /// <summary>The first header of a name.</summary>
    /// <param name="name">The name in any letter case.</param>
    /// <param name="value">Its value, empty when there is none.</param>
    public bool TryGetHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (HttpHeader header in Headers)
        {
            if (header.Is(name))
            {
                value = header.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
