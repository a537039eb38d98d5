using System.Buffers.Binary;
using System.Numerics;

namespace Vittne.Protocols.Crypto;

/// <summary>The ChaCha20 block function (RFC 8439 section 2.3).</summary>
internal sealed class ChaCha20
{
    /// <summary>Length of the key.</summary>
    public const int KeyLength = 32;

    /// <summary>Length of a block of the key stream.</summary>
    public const int BlockLength = 64;

    private const int Words = 16;
    private const int DoubleRounds = 10;

    // "expand 32-byte k".
    private readonly uint[] _start = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Takes a key of 32 bytes.</summary>
    public ChaCha20(ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < 8; i++)
        {
            _start[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(i * sizeof(uint))..]);
        }
    }

    /// <summary>Writes a block of the key stream.</summary>
    /// <param name="counter">Its number.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="block">Takes 64 bytes.</param>
    public void WriteBlock(uint counter, ReadOnlySpan<byte> nonce, Span<byte> block)
    {
        Span<uint> state = stackalloc uint[Words];
        _start[12] = counter;
        _start[13] = BinaryPrimitives.ReadUInt32LittleEndian(nonce);
        _start[14] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]);
        _start[15] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]);
        _start.CopyTo(state);
        for (int round = 0; round < DoubleRounds; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                Quarter(ref state[i], ref state[i + 4], ref state[i + 8], ref state[i + 12]);
            }

            for (int i = 0; i < 4; i++)
            {
                Quarter(ref state[i], ref state[4 + ((i + 1) & 3)], ref state[8 + ((i + 2) & 3)], ref state[12 + ((i + 3) & 3)]);
            }
        }

        for (int i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block[(i * sizeof(uint))..], state[i] + _start[i]);
        }
    }

    /// <summary>Encrypts or decrypts.</summary>
    /// <param name="counter">Number of the first block.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="input">The data.</param>
    /// <param name="output">Takes as many bytes.</param>
    public void Apply(uint counter, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        for (int done = 0; done < input.Length; done += BlockLength)
        {
            WriteBlock(counter++, nonce, block);
            int length = Math.Min(BlockLength, input.Length - done);
            for (int i = 0; i < length; i++)
            {
                output[done + i] = (byte)(input[done + i] ^ block[i]);
            }
        }
    }

    private static void Quarter(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }
}
