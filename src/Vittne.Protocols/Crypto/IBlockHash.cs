namespace Vittne.Protocols.Crypto;

/// <summary>The part in which MD5, SHA-1 and SHA-256 differ: start values, the step over one 64-byte block, and the byte order.</summary>
internal interface IBlockHash
{
    /// <summary>The start value of the state; its length is the length of the digest in words.</summary>
    static abstract ReadOnlySpan<uint> Start { get; }

    /// <summary>True when words are read and written high byte first.</summary>
    static abstract bool IsBigEndian { get; }

    /// <summary>Mixes one block of 64 bytes into the state.</summary>
    static abstract void Compress(Span<uint> state, ReadOnlySpan<byte> block);
}
