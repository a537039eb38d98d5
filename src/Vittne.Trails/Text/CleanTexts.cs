using System.IO.Hashing;

namespace Vittne.Trails.Text;

/// <summary>
/// Remembers texts of traffic in which nothing was found, by a hash of 64 bits with a secret seed: nobody can make a text that passes for
/// another. Bounded; a text that another one displaced is simply looked at again. For one thread.
/// </summary>
internal sealed class CleanTexts
{
    private const int Places = 4096;

    private readonly ulong[] _keys = new ulong[Places];
    private readonly long _seed = Random.Shared.NextInt64();

    /// <summary>The key of a text.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="asked">What is looked for in it: clean of one thing is not clean of another.</param>
    public ulong KeyOf(ReadOnlySpan<byte> text, int asked) => XxHash3.HashToUInt64(text, _seed + asked) | 1;

    /// <summary>True when nothing was found in this text.</summary>
    public bool Contains(ulong key) => _keys[(key >> 32) % Places] == key;

    /// <summary>Notes that nothing was found.</summary>
    public void Add(ulong key) => _keys[(key >> 32) % Places] = key;
}
