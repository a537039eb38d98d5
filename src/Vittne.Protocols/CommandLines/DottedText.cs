namespace Vittne.Protocols.CommandLines;

/// <summary>Skips text that ends with a line of one dot, however it is cut, without keeping any of it.</summary>
internal static class DottedText
{
    /// <summary>Skips as much as belongs to the text.</summary>
    /// <param name="side">The direction; its line start is kept here.</param>
    /// <param name="data">What is there.</param>
    /// <param name="isEnd">True when the final line was reached and is among the skipped bytes.</param>
    /// <returns>Bytes skipped; what is left may be the beginning of the final line.</returns>
    public static int Skip(LineSide side, ReadOnlySpan<byte> data, out bool isEnd)
    {
        int at = 0;
        bool isAtLineStart = side.IsAtLineStart;
        isEnd = false;
        while (true)
        {
            if (isAtLineStart && at < data.Length && data[at] == (byte)'.')
            {
                ReadOnlySpan<byte> behind = data[(at + 1)..];
                if (behind.IsEmpty || (behind.Length == 1 && behind[0] == (byte)'\r'))
                {
                    side.IsAtLineStart = true;
                    return at;
                }

                int length = behind[0] == (byte)'\n' ? 2 : behind[0] == (byte)'\r' && behind[1] == (byte)'\n' ? 3 : 0;
                if (length > 0)
                {
                    isEnd = true;
                    return at + length;
                }
            }

            int next = data[at..].IndexOf("\n."u8);
            if (next < 0)
            {
                side.IsAtLineStart = at == data.Length ? isAtLineStart : data[^1] == (byte)'\n';
                return data.Length;
            }

            at += next + 1;
            isAtLineStart = true;
        }
    }
}
