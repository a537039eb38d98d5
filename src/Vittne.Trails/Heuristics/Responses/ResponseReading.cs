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

    private ResponseReading(HttpResponseRecord record) => _record = record;

    /// <summary>Head and body as Latin-1, cut at 2,000 characters.</summary>
    public string Beginning => _beginning ??= MakeBeginning();

    /// <summary>The text of the title element, tags in any letter case, as Latin-1; empty without one, or when it does not end.</summary>
    public string Title => TitleOf(_record.Body.AsSpan(0, Math.Min(_record.Body.Length, TitleRange)));

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

    /// <summary>The text of the first title element of a page.</summary>
    internal static string TitleOf(ReadOnlySpan<byte> page)
    {
        int start = StartOfTitle(page);
        int length = start < 0 ? -1 : EndOfTitle(page[start..]);
        return length < 0 ? "" : Encoding.Latin1.GetString(page.Slice(start, length)).Trim();
    }

    private static int StartOfTitle(ReadOnlySpan<byte> body)
    {
        for (int at = body.IndexOf((byte)'<'); at >= 0 && at + 7 <= body.Length;)
        {
            if (Ascii.EqualsIgnoreCase(body.Slice(at, 7), "<title>"u8))
            {
                return at + 7;
            }

            int next = body[(at + 1)..].IndexOf((byte)'<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    private static int EndOfTitle(ReadOnlySpan<byte> rest)
    {
        for (int at = rest.IndexOf((byte)'<'); at >= 0 && at + 8 <= rest.Length;)
        {
            if (Ascii.EqualsIgnoreCase(rest.Slice(at, 8), "</title>"u8))
            {
                return at;
            }

            int next = rest[(at + 1)..].IndexOf((byte)'<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
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
