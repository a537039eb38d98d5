namespace Vittne.Protocols.Services;

/// <summary>Headers of BER elements (X.690 section 8.1) whose tag is one byte.</summary>
internal static class BerReader
{
    /// <summary>Reads tag and length.</summary>
    /// <param name="data">Bytes that begin with the tag.</param>
    /// <param name="content">Where the content begins.</param>
    /// <param name="length">Its length as announced; it may be more than is there.</param>
    /// <returns>False when the length is not whole or longer than four bytes.</returns>
    public static bool TryHeader(ReadOnlySpan<byte> data, out int content, out long length)
    {
        (content, length) = (2, 0);
        if (data.Length < 2)
        {
            return false;
        }

        if (data[1] < 0x80)
        {
            length = data[1];
            return true;
        }

        int bytes = data[1] & 0x7F;
        if (bytes is 0 or > 4 || data.Length < 2 + bytes)
        {
            return false;
        }

        for (int i = 0; i < bytes; i++)
        {
            length = (length << 8) | data[2 + i];
        }

        content = 2 + bytes;
        return true;
    }
}
