using System.Buffers;

namespace Vittne.Protocols.Http;

/// <summary>Request lines and status lines (RFC 9112 sections 3 and 4), as liberal as servers are. Lines come without their line end.</summary>
internal static class HttpStartLine
{
    /// <summary>Longest method: WebDAV's and UPnP's are below 20; more is no method.</summary>
    public const int MaxMethodLength = 32;

    // Names in use have less than 40 bytes.
    private const int MaxHeaderNameLength = 64;

    // RFC 9110 section 5.6.2, tchar.
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static ReadOnlySpan<byte> VersionPrefix => "HTTP/"u8;

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    /// <summary>True when the line is a status line, or would be one if its status were whole.</summary>
    public static bool HasStatusPrefix(ReadOnlySpan<byte> line) => line.Length > 5 && line.StartsWith(VersionPrefix) && IsDigit(line[5]);

    /// <summary>True for <c>HTTP/digit… status</c>.</summary>
    public static bool IsStatusLine(ReadOnlySpan<byte> line) => BehindVersion(line) is { IsEmpty: false } rest && IsDigit(rest[0]);

    /// <summary>True for a method, a blank, anything, and a version.</summary>
    public static bool IsRequestLine(ReadOnlySpan<byte> line) => Method(line) is { IsEmpty: false } method
        && !method.ContainsAnyExcept(TokenBytes)
        && method.Length <= MaxMethodLength
        && !Version(line).IsEmpty;

    /// <summary>True for a request line without version: a known method, a blank, <c>/path</c> and nothing else (HTTP/0.9, or one forgotten).</summary>
    public static bool IsBareRequestLine(ReadOnlySpan<byte> line)
    {
        int blank = line[..Math.Min(line.Length, MaxMethodLength + 1)].IndexOf((byte)' ');
        return blank > 0
            && line.Length > blank + 1
            && line[blank + 1] == (byte)'/'
            && line[(blank + 1)..].IndexOfAny(Blanks) < 0
            && HttpRecognition.IsKnownMethod(line[..blank]);
    }

    /// <summary>Whether a header line begins with these bytes: a name and a colon. The answer may need more bytes.</summary>
    public static Recognition BeginsHeader(ReadOnlySpan<byte> start)
    {
        int end = start.IndexOfAnyExcept(TokenBytes);
        return end < 0 ? start.Length <= MaxHeaderNameLength ? Recognition.NeedMore : Recognition.No
            : end is > 0 and <= MaxHeaderNameLength && start[end] == (byte)':' ? Recognition.Yes
            : Recognition.No;
    }

    /// <summary>False when no request line begins with these bytes.</summary>
    public static bool CouldBeRequest(ReadOnlySpan<byte> start)
    {
        int end = start.IndexOfAnyExcept(TokenBytes);
        return end < 0 ? start.Length <= MaxMethodLength : end is > 0 and <= MaxMethodLength && start[end] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
    }

    /// <summary>False when no status line begins with these bytes.</summary>
    public static bool CouldBeStatus(ReadOnlySpan<byte> start) =>
        start.Length <= VersionPrefix.Length ? VersionPrefix.StartsWith(start) : HasStatusPrefix(start);

    /// <summary>Bytes before the first blank.</summary>
    public static ReadOnlySpan<byte> Method(ReadOnlySpan<byte> line)
    {
        int blank = line.IndexOfAny(Blanks);
        return blank < 0 ? default : line[..blank];
    }

    /// <summary>What lies between method and version.</summary>
    public static ReadOnlySpan<byte> Target(ReadOnlySpan<byte> line)
    {
        int start = Method(line).Length;
        int end = line.TrimEnd(Blanks).Length - Version(line).Length;
        return end > start ? line[start..end].Trim(Blanks) : default;
    }

    /// <summary>The version, first or last word of the line; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Version(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> word;
        if (HasStatusPrefix(line))
        {
            int blank = line.IndexOfAny(Blanks);
            word = blank < 0 ? line : line[..blank];
        }
        else
        {
            line = line.TrimEnd(Blanks);
            word = line[(line.LastIndexOfAny(Blanks) + 1)..];
        }

        // Servers read "HTTP/d.1" as some version; so does a witness.
        return word.Length > VersionPrefix.Length && word.StartsWith(VersionPrefix) ? word : default;
    }

    /// <summary>The status code, three digits at most; 0 when there is none.</summary>
    public static int Status(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = BehindVersion(line);
        int status = 0;
        for (int i = 0; i < Math.Min(3, rest.Length) && IsDigit(rest[i]); i++)
        {
            status = (status * 10) + rest[i] - '0';
        }

        return status;
    }

    /// <summary>What follows the status code.</summary>
    public static ReadOnlySpan<byte> Reason(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = BehindVersion(line);
        int blank = rest.IndexOfAny(Blanks);
        return blank < 0 ? default : rest[blank..].Trim(Blanks);
    }

    private static ReadOnlySpan<byte> BehindVersion(ReadOnlySpan<byte> line)
    {
        int blank = HasStatusPrefix(line) ? line.IndexOfAny(Blanks) : -1;
        return blank < 0 ? default : line[blank..].TrimStart(Blanks);
    }

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';
}
