namespace Vittne.Protocols.Http;

/// <summary>Enumerates the header lines of a head in the order sent.</summary>
public ref struct HttpHeaders
{
    private ReadOnlySpan<byte> _rest;

    internal HttpHeaders(ReadOnlySpan<byte> lines)
    {
        _rest = lines;
        Current = default;
    }

    /// <summary>The header that was reached last.</summary>
    public HttpHeader Current { get; private set; }

    /// <summary>Itself, for <c>foreach</c>.</summary>
    public readonly HttpHeaders GetEnumerator() => this;

    /// <summary>Steps to the next header; false at the empty line or the end of the head.</summary>
    public bool MoveNext()
    {
        int end = _rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? _rest : _rest[..end];
        int colon = line.IndexOf((byte)':');
        int next = end < 0 ? _rest.Length : end + 1;
        bool isFolded = false;
        while (next < _rest.Length && _rest[next] is (byte)' ' or (byte)'\t')
        {
            isFolded = true;
            int length = _rest[next..].IndexOf((byte)'\n');
            next = length < 0 ? _rest.Length : next + length + 1;
        }

        ReadOnlySpan<byte> whole = isFolded ? _rest[..next] : line;
        _rest = _rest[next..];
        if (line.TrimEnd((byte)'\r').IsEmpty)
        {
            _rest = default;
            return false;
        }

        ReadOnlySpan<byte> name = colon < 0 ? line.Trim(HttpHead.Blanks) : line[..colon];
        ReadOnlySpan<byte> trimmed = name.TrimEnd(HttpHead.Blanks);
        ReadOnlySpan<byte> value = colon < 0 ? default : whole[(colon + 1)..].Trim(HttpHead.Blanks);
        Current = new HttpHeader(trimmed, value, trimmed.Length != name.Length, isFolded);
        return true;
    }
}
