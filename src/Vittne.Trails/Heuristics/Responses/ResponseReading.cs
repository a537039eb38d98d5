using System.Buffers;
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

    private readonly HttpResponseRecord _record;
    private string? _beginning;
    private string? _body;

    private ResponseReading(HttpResponseRecord record) => _record = record;

    /// <summary>Head and body as Latin-1, cut at 2,000 characters.</summary>
    public string Beginning => _beginning ??= MakeBeginning();

    /// <summary>Beginning of the body as Latin-1; empty when no tag in it begins with a T, since only the title is looked for.</summary>
    public string Body => _body ??= MayHoldTitle(Searched(_record)) ? Encoding.Latin1.GetString(Searched(_record)) : "";

    /// <summary>Content type in lower case without parameters; empty when there is none.</summary>
    public required string ContentType { get; init; }

    public static ResponseReading Of(HttpResponseRecord record) => new(record) { ContentType = ContentTypeOf(record) };

    /// <summary>True when the beginning holds one of the texts. Makes no string: most responses end here.</summary>
    public bool BeginningHolds(SearchValues<string> marks)
    {
        Span<char> text = stackalloc char[SearchedLength];
        int length = Encoding.Latin1.GetChars(_record.Head.AsSpan(0, Math.Min(_record.Head.Length, SearchedLength)), text);
        length += Encoding.Latin1.GetChars(_record.Body.AsSpan(0, Math.Min(_record.Body.Length, SearchedLength - length)), text[length..]);
        return text[..length].ContainsAny(marks);
    }

    private string MakeBeginning()
    {
        string head = Encoding.Latin1.GetString(_record.Head.AsSpan(0, Math.Min(_record.Head.Length, SearchedLength)));
        return head + Encoding.Latin1.GetString(_record.Body.AsSpan(0, Math.Min(_record.Body.Length, SearchedLength - head.Length)));
    }

    private static ReadOnlySpan<byte> Searched(HttpResponseRecord record) => record.Body.AsSpan(0, Math.Min(record.Body.Length, TitleRange));

    private static bool MayHoldTitle(ReadOnlySpan<byte> body)
    {
        for (int at = body.IndexOf((byte)'<'); at >= 0 && at + 1 < body.Length;)
        {
            if ((body[at + 1] | 0x20) == 't')
            {
                return true;
            }

            int next = body[(at + 1)..].IndexOf((byte)'<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
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
