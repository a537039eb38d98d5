using System.Globalization;

namespace Vittne.Engine.Filter.Editors;

/// <summary>
/// Bytes that are taken out of each packet, as editcap writes them: <c>[OFFSET:]LENGTH</c>. A positive length counts forwards from the
/// offset (the packet's start), a negative one backwards (from its end); a negative offset counts from the end.
/// </summary>
/// <param name="Offset">Where; null for the start or the end.</param>
/// <param name="Length">How many bytes, and to which side.</param>
public readonly record struct ChopRange(int? Offset, int Length)
{
    /// <summary>Reads the two numbers.</summary>
    public static bool TryParse(string text, out ChopRange range)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int offset = 0;
        bool isRead = TryNumber(text[(colon + 1)..], out int length) && length != 0 && (colon < 0 || TryNumber(text[..colon], out offset));
        range = new ChopRange(colon < 0 ? null : offset, length);
        return isRead;
    }

    /// <summary>The bytes of a packet that this takes out; none where it has none there.</summary>
    public (int Start, int End) Within(int captured)
    {
        long start;
        if (Length > 0)
        {
            start = Offset is not { } from ? 0 : from >= 0 ? from : captured + (long)from;
        }
        else
        {
            start = Offset is not { } from ? captured + (long)Length : from >= 0 ? from : captured + (long)from + Length;
        }

        long end = start + Math.Abs((long)Length);
        return ((int)Math.Clamp(start, 0, captured), (int)Math.Clamp(end, 0, captured));
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number != int.MinValue;
}
