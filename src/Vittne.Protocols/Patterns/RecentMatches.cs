using System.IO.Hashing;

namespace Vittne.Protocols.Patterns;

/// <summary>
/// The last texts that matched, with the result. Scanners and bots send the same text thousands of times, and a match costs a hundred
/// times what a miss does. Safe from several threads: an entry is replaced whole.
/// </summary>
internal sealed class RecentMatches
{
    /// <summary>Entries; with <see cref="MaxLength"/> at most 64 KB in all.</summary>
    private const int Slots = 64;

    private const int MaxLength = 1_024;

    private readonly Entry?[] _entries = new Entry?[Slots];

    public bool TryGet(ReadOnlySpan<byte> text, out int pattern, out int start, out int length)
    {
        Entry? entry = text.Length <= MaxLength ? Volatile.Read(ref _entries[SlotOf(text)]) : null;
        if (entry is null || !text.SequenceEqual(entry.Text))
        {
            (pattern, start, length) = (-1, 0, 0);
            return false;
        }

        (pattern, start, length) = (entry.Pattern, entry.Start, entry.Length);
        return true;
    }

    public void Keep(ReadOnlySpan<byte> text, int pattern, int start, int length)
    {
        if (text.Length <= MaxLength)
        {
            Volatile.Write(ref _entries[SlotOf(text)], new Entry(text.ToArray(), pattern, start, length));
        }
    }

    private static int SlotOf(ReadOnlySpan<byte> text) => (int)(XxHash3.HashToUInt64(text) % Slots);

    private sealed record Entry(byte[] Text, int Pattern, int Start, int Length);
}
