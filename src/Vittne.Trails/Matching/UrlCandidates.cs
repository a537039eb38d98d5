using System.Buffers;

namespace Vittne.Trails.Matching;

/// <summary>
/// The forms of a request's path that a URL trail may have, in the order in which they are tried. They live in one rented buffer:
/// dispose it. At most eight, none empty.
/// </summary>
internal ref struct UrlCandidates
{
    /// <summary>No rule gives more.</summary>
    private const int MaxCount = 8;

    private readonly byte[] _buffer;
    private Bounds _bounds;
    private int _used;

    private UrlCandidates(int size)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public readonly ReadOnlySpan<byte> this[int i] => _buffer.AsSpan(_bounds[i].Start, _bounds[i].Length);

    /// <summary>Derives the candidates.</summary>
    /// <param name="path">Path with query, lower case, no doubled slashes.</param>
    /// <param name="body">The body, percent-decoded; empty without.</param>
    public static UrlCandidates Of(ReadOnlySpan<byte> path, ReadOnlySpan<byte> body)
    {
        // Room for the path as it is, the path without values, "/segment" and the path with the body.
        var candidates = new UrlCandidates((3 * path.Length) + body.Length + 3);
        candidates.Derive(path, body);
        return candidates;
    }

    /// <summary>Gives the buffer back.</summary>
    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Derive(ReadOnlySpan<byte> path, ReadOnlySpan<byte> body)
    {
        int query = path.IndexOf((byte)'?');
        int whole = Append(path);
        Add(whole, path.TrimEnd((byte)'/').Length);
        int lastStart = whole;
        int lastLength = path.TrimEnd((byte)'/').Length;

        if (query >= 0)
        {
            lastLength = path[..query].TrimEnd((byte)'/').Length;
            Add(whole, lastLength);
            int equals = path.IndexOf((byte)'=');
            if (equals >= 0)
            {
                lastLength = equals + 1;
                Add(whole, lastLength);
            }

            DeriveWithoutValues(path, ref lastStart, ref lastLength);
        }
        else if (!body.IsEmpty)
        {
            lastStart = Append(path);
            Append("?"u8);
            int lower = Append(body);
            LowerFrom(lower, body.Length);
            lastLength = path.Length + 1 + body.Length;
            Add(lastStart, lastLength);
        }

        ReadOnlySpan<byte> last = _buffer.AsSpan(lastStart, lastLength);
        if (last.Count((byte)'/') > 1)
        {
            Add(lastStart, last.LastIndexOf((byte)'/'));
            ReadOnlySpan<byte> first = path.TrimEnd((byte)'/');
            int segment = first.LastIndexOf((byte)'/');
            if (segment >= 0)
            {
                int end = first[segment..].IndexOf((byte)'?');
                Add(whole + segment, end < 0 ? first.Length - segment : end);
            }
        }
    }

    /// <summary>The path with every <c>name=value</c> cut after its <c>=</c>; when it is new, also its last segment.</summary>
    private void DeriveWithoutValues(ReadOnlySpan<byte> path, ref int lastStart, ref int lastLength)
    {
        int start = _used;
        int copied = 0;
        for (int i = path.IndexOf((byte)'='); i >= 0 && i < path.Length;)
        {
            int valueEnd = path[(i + 1)..].IndexOfAny((byte)'&', (byte)'=');
            valueEnd = valueEnd < 0 ? path.Length : i + 1 + valueEnd;
            if (i > copied && IsWordByte(path[i - 1]) && valueEnd > i + 1)
            {
                Append(path[copied..(i + 1)]);
                copied = valueEnd;
            }

            int next = path[Math.Max(valueEnd, i + 1)..].IndexOf((byte)'=');
            i = next < 0 ? -1 : Math.Max(valueEnd, i + 1) + next;
        }

        Append(path[copied..]);
        int length = _used - start;
        ReadOnlySpan<byte> stripped = _buffer.AsSpan(start, length);
        for (int i = 0; i < Count; i++)
        {
            if (this[i].SequenceEqual(stripped))
            {
                return;
            }
        }

        Add(start, length);
        lastStart = start;
        lastLength = length;
        if (stripped.Count((byte)'/') > 1)
        {
            lastStart = start + stripped.LastIndexOf((byte)'/');
            lastLength = start + length - lastStart;
            Add(lastStart, lastLength);
        }
    }

    /// <summary>What <c>\w</c> is for text: letters, digits, underscore; bytes above 127 are parts of letters.</summary>
    private static bool IsWordByte(byte value) =>
        value >= 0x80 || value == (byte)'_' || char.IsAsciiLetterOrDigit((char)value);

    private int Append(ReadOnlySpan<byte> bytes)
    {
        int start = _used;
        bytes.CopyTo(_buffer.AsSpan(start));
        _used += bytes.Length;
        return start;
    }

    private void Add(int start, int length)
    {
        if (length > 0 && Count < MaxCount)
        {
            _bounds[Count++] = (start, length);
        }
    }

    private readonly void LowerFrom(int start, int length)
    {
        foreach (ref byte value in _buffer.AsSpan(start, length))
        {
            if (value is >= (byte)'A' and <= (byte)'Z')
            {
                value |= 0x20;
            }
        }
    }

    [System.Runtime.CompilerServices.InlineArray(MaxCount)]
    private struct Bounds
    {
        private (int Start, int Length) _element;
    }
}
