namespace Vittne.Capture.Sources;

/// <summary>Decoding of one LZ4 block (lz4_Block_format.md): literals and copies from what was decoded before.</summary>
internal static class Lz4Block
{
    private const int MinMatchLength = 4;

    /// <summary>A length of 15 in the token goes on in bytes that are added up while they are 255.</summary>
    private const int LongLength = 15;

    /// <summary>Decodes a block behind the history that it may copy from.</summary>
    /// <param name="block">The compressed bytes.</param>
    /// <param name="window">History, and behind it the room for the result.</param>
    /// <param name="start">Length of the history.</param>
    /// <param name="end">Where the result ends.</param>
    /// <returns>False when the block makes no sense or does not fit.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> block, Span<byte> window, int start, out int end)
    {
        end = start;
        int at = 0;
        while (at < block.Length)
        {
            int token = block[at++];
            if (!TryReadLength(block, ref at, token >> 4, out int literals) || literals > block.Length - at || literals > window.Length - end)
            {
                return false;
            }

            block.Slice(at, literals).CopyTo(window[end..]);
            at += literals;
            end += literals;
            if (at == block.Length)
            {
                // The last sequence has no match.
                return true;
            }

            if (block.Length - at < 2)
            {
                return false;
            }

            int distance = block[at] | (block[at + 1] << 8);
            at += 2;
            if (!TryReadLength(block, ref at, token & 0xF, out int length))
            {
                return false;
            }

            length += MinMatchLength;
            if (distance == 0 || distance > end || length > window.Length - end)
            {
                return false;
            }

            Copy(window, end, distance, length);
            end += length;
        }

        return false;
    }

    /// <summary>Copies from bytes that may only come to be while copying: a distance of 1 repeats one byte.</summary>
    private static void Copy(Span<byte> window, int at, int distance, int length)
    {
        while (length > 0)
        {
            int part = Math.Min(length, distance);
            window.Slice(at - distance, part).CopyTo(window[at..]);
            at += part;
            length -= part;
        }
    }

    private static bool TryReadLength(ReadOnlySpan<byte> block, ref int at, int start, out int length)
    {
        length = start;
        if (start < LongLength)
        {
            return true;
        }

        // A block has at most 8 MiB, so that the sum stays far below the limit of an int.
        while (at < block.Length)
        {
            int more = block[at++];
            length += more;
            if (more != byte.MaxValue)
            {
                return true;
            }
        }

        return false;
    }
}
