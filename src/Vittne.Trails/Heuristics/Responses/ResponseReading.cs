using System.Text;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Responses;

/// <summary>The beginning of a response as the heuristics look at it.</summary>
internal sealed class ResponseReading
{
    /// <summary>So much of a response is searched for phrases, as in Maltrail.</summary>
    private const int SearchedLength = 2000;

    /// <summary>Bytes of the body in which the title is looked for.</summary>
    private const int TitleRange = 16 * 1024;

    private ResponseReading()
    {
    }

    /// <summary>Head and body as Latin-1, cut at 2,000 characters.</summary>
    public required string Beginning { get; init; }

    /// <summary>Beginning of the body as Latin-1.</summary>
    public required string Body { get; init; }

    /// <summary>Content type in lower case without parameters; empty when there is none.</summary>
    public required string ContentType { get; init; }

    public static ResponseReading Of(HttpResponseRecord record)
    {
        string head = Encoding.Latin1.GetString(record.Head.AsSpan(0, Math.Min(record.Head.Length, SearchedLength)));
        string body = Encoding.Latin1.GetString(record.Body.AsSpan(0, Math.Min(record.Body.Length, TitleRange)));
        return new ResponseReading
        {
            Beginning = string.Concat(head, body.AsSpan(0, Math.Min(body.Length, SearchedLength - head.Length))),
            Body = body,
            ContentType = ContentTypeOf(record),
        };
    }

    private static string ContentTypeOf(HttpResponseRecord record)
    {
        if (!HttpHead.TryParse(record.Head, out HttpHead head) || !head.TryGetHeader("Content-Type"u8, out ReadOnlySpan<byte> value))
        {
            return "";
        }

        int parameters = value.IndexOf((byte)';');
        return Requests.RequestText.LowerLatin1((parameters < 0 ? value : value[..parameters]).Trim(" \t"u8));
    }
}
