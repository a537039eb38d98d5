using System.Text;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>
/// A request as the heuristics look at it: host and path in the forms that Maltrail compares and shows. Read once, however many
/// heuristics look.
/// </summary>
internal sealed class RequestReading
{
    private string? _displayPath;
    private string? _bodyText;

    private RequestReading()
    {
    }

    /// <summary>The method as sent.</summary>
    public required string Method { get; init; }

    /// <summary>The target in lower case, otherwise as sent.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// Host in lower case with its port unless that is 80: from an absolute target, else from the Host field, else the receiver's address.
    /// </summary>
    public required string Host { get; init; }

    /// <summary>True when the request has a Host field with something in it.</summary>
    public required bool HasHostField { get; init; }

    /// <summary>Path and query in lower case, doubled slashes as one, still percent-encoded; Latin-1.</summary>
    public required string Path { get; init; }

    /// <summary>True when the host or one of its parents is whitelisted.</summary>
    public required bool IsHostWhitelisted { get; init; }

    /// <summary>True for <c>CONNECT</c>, whose target has no path.</summary>
    public bool IsConnect => Method == "CONNECT";

    /// <summary>Path and query with the characters that would blur the event's parentheses percent-encoded.</summary>
    public string DisplayPath => _displayPath ??= RequestText.ForDisplay(Path);

    /// <summary>Path up to its query.</summary>
    public ReadOnlySpan<char> PathWithoutQuery
    {
        get
        {
            int query = Path.IndexOf('?', StringComparison.Ordinal);
            return query < 0 ? Path : Path.AsSpan(0, query);
        }
    }

    /// <summary>The first bytes of the body as Latin-1.</summary>
    public string BodyText => _bodyText ??= Encoding.Latin1.GetString(Record.Body);

    /// <summary>The record that was read.</summary>
    public required HttpRequestRecord Record { get; init; }

    /// <summary>Reads a request; null when its first line has no target.</summary>
    public static RequestReading? Of(HttpRequestRecord record, ITrailIndex index)
    {
        if (!HttpHead.TryParse(record.Head, out HttpHead head) || head.Target.IsEmpty)
        {
            return null;
        }

        string target = RequestText.LowerLatin1(head.Target);
        head.TryGetHeader("Host"u8, out ReadOnlySpan<byte> field);
        bool isConnect = head.Method.SequenceEqual("CONNECT"u8);
        string path = target;
        string host = RequestText.LowerLatin1(field);
        if (!head.Authority.IsEmpty && !isConnect)
        {
            host = RequestText.LowerLatin1(head.Authority);
            int slash = target.IndexOf('/', target.IndexOf("://", StringComparison.Ordinal) + 3);
            path = slash < 0 ? "/" : target[slash..];
        }

        host = host.EndsWith(":80", StringComparison.Ordinal) ? host[..^3] : host;
        if (host.Length == 0)
        {
            host = Endpoints.ReceiverOf(record).ToString();
        }

        return new RequestReading
        {
            Record = record,
            Method = head.Method.SequenceEqual("GET"u8) ? "GET" : head.Method.SequenceEqual("POST"u8) ? "POST" : Encoding.Latin1.GetString(head.Method),
            Target = target,
            Host = host,
            HasHostField = !field.IsEmpty,
            Path = path.Replace("//", "/", StringComparison.Ordinal),
            IsHostWhitelisted = IsWhitelisted(host, index),
        };
    }

    /// <summary>Value of a header field as Latin-1; empty when there is none.</summary>
    public string HeaderText(ReadOnlySpan<byte> name) =>
        HttpHead.TryParse(Record.Head, out HttpHead head) && head.TryGetHeader(name, out ReadOnlySpan<byte> value)
            ? Encoding.Latin1.GetString(value)
            : "";

    private static bool IsWhitelisted(string host, ITrailIndex index)
    {
        int port = host.LastIndexOf(':');
        byte[] name = Encoding.Latin1.GetBytes(port < 0 ? host : host[..port]);
        return index.IsWhitelistedDomain(name.AsSpan().TrimEnd((byte)'.'));
    }
}
