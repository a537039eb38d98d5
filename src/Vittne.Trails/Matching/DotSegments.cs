namespace Vittne.Trails.Matching;

/// <summary><c>.</c> and <c>..</c> in paths.</summary>
internal static class DotSegments
{
    /// <summary>Resolves them in place, in front of the query (RFC 3986 section 5.2.4). One pass.</summary>
    /// <param name="path">The path, from its first slash on.</param>
    /// <returns>Bytes that remain at the front.</returns>
    public static int Remove(Span<byte> path)
    {
        int query = path.IndexOf((byte)'?');
        int end = query < 0 ? path.Length : query;
        int written = 0;
        for (int at = 0; at < end;)
        {
            int next = path[(at + 1)..end].IndexOf((byte)'/');
            int segmentEnd = next < 0 ? end : at + 1 + next;
            ReadOnlySpan<byte> segment = path[at..segmentEnd];
            if (segment.SequenceEqual("/."u8) || segment.SequenceEqual("/.."u8))
            {
                if (segment.Length == 3)
                {
                    written = Math.Max(path[..written].LastIndexOf((byte)'/'), 0);
                }

                if (segmentEnd == end)
                {
                    path[written++] = (byte)'/';
                }
            }
            else
            {
                segment.CopyTo(path[written..]);
                written += segment.Length;
            }

            at = segmentEnd;
        }

        path[end..].CopyTo(path[written..]);
        return written + path.Length - end;
    }
}
