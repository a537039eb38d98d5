using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// AES-128 and AES-256, single blocks (FIPS 197): with the instructions of the processor where it has them. The portable form uses a
/// table and is not constant in time; the keys here are no secrets of this machine: they follow from what packets show, or lie beside them.
/// </summary>
internal sealed partial class AesCipher
{
    /// <summary>Length of a block.</summary>
    public const int BlockLength = 16;

    private readonly byte[] _keys;
    private readonly int _rounds;

    /// <summary>Expands a key of 16 or 32 bytes.</summary>
    public AesCipher(ReadOnlySpan<byte> key)
    {
        _rounds = 6 + (key.Length / 4);
        _keys = new byte[BlockLength * (_rounds + 1)];
        key.CopyTo(_keys);
        byte constant = 1;
        for (int i = key.Length; i < _keys.Length; i += 4)
        {
            Span<byte> word = _keys.AsSpan(i, 4);
            _keys.AsSpan(i - 4, 4).CopyTo(word);
            if (i % key.Length == 0)
            {
                (word[0], word[1], word[2], word[3]) =
                    ((byte)(Substitute[word[1]] ^ constant), Substitute[word[2]], Substitute[word[3]], Substitute[word[0]]);
                constant = Double(constant);
            }
            else if (key.Length > BlockLength && i % key.Length == BlockLength)
            {
                (word[0], word[1], word[2], word[3]) = (Substitute[word[0]], Substitute[word[1]], Substitute[word[2]], Substitute[word[3]]);
            }

            for (int k = 0; k < 4; k++)
            {
                word[k] ^= _keys[i - key.Length + k];
            }
        }
    }

    private static ReadOnlySpan<byte> Substitute =>
    [
        0x63, 0x7c, 0x77, 0x7b, 0xf2, 0x6b, 0x6f, 0xc5, 0x30, 0x01, 0x67, 0x2b, 0xfe, 0xd7, 0xab, 0x76,
        0xca, 0x82, 0xc9, 0x7d, 0xfa, 0x59, 0x47, 0xf0, 0xad, 0xd4, 0xa2, 0xaf, 0x9c, 0xa4, 0x72, 0xc0,
        0xb7, 0xfd, 0x93, 0x26, 0x36, 0x3f, 0xf7, 0xcc, 0x34, 0xa5, 0xe5, 0xf1, 0x71, 0xd8, 0x31, 0x15,
        0x04, 0xc7, 0x23, 0xc3, 0x18, 0x96, 0x05, 0x9a, 0x07, 0x12, 0x80, 0xe2, 0xeb, 0x27, 0xb2, 0x75,
        0x09, 0x83, 0x2c, 0x1a, 0x1b, 0x6e, 0x5a, 0xa0, 0x52, 0x3b, 0xd6, 0xb3, 0x29, 0xe3, 0x2f, 0x84,
        0x53, 0xd1, 0x00, 0xed, 0x20, 0xfc, 0xb1, 0x5b, 0x6a, 0xcb, 0xbe, 0x39, 0x4a, 0x4c, 0x58, 0xcf,
        0xd0, 0xef, 0xaa, 0xfb, 0x43, 0x4d, 0x33, 0x85, 0x45, 0xf9, 0x02, 0x7f, 0x50, 0x3c, 0x9f, 0xa8,
        0x51, 0xa3, 0x40, 0x8f, 0x92, 0x9d, 0x38, 0xf5, 0xbc, 0xb6, 0xda, 0x21, 0x10, 0xff, 0xf3, 0xd2,
        0xcd, 0x0c, 0x13, 0xec, 0x5f, 0x97, 0x44, 0x17, 0xc4, 0xa7, 0x7e, 0x3d, 0x64, 0x5d, 0x19, 0x73,
        0x60, 0x81, 0x4f, 0xdc, 0x22, 0x2a, 0x90, 0x88, 0x46, 0xee, 0xb8, 0x14, 0xde, 0x5e, 0x0b, 0xdb,
        0xe0, 0x32, 0x3a, 0x0a, 0x49, 0x06, 0x24, 0x5c, 0xc2, 0xd3, 0xac, 0x62, 0x91, 0x95, 0xe4, 0x79,
        0xe7, 0xc8, 0x37, 0x6d, 0x8d, 0xd5, 0x4e, 0xa9, 0x6c, 0x56, 0xf4, 0xea, 0x65, 0x7a, 0xae, 0x08,
        0xba, 0x78, 0x25, 0x2e, 0x1c, 0xa6, 0xb4, 0xc6, 0xe8, 0xdd, 0x74, 0x1f, 0x4b, 0xbd, 0x8b, 0x8a,
        0x70, 0x3e, 0xb5, 0x66, 0x48, 0x03, 0xf6, 0x0e, 0x61, 0x35, 0x57, 0xb9, 0x86, 0xc1, 0x1d, 0x9e,
        0xe1, 0xf8, 0x98, 0x11, 0x69, 0xd9, 0x8e, 0x94, 0x9b, 0x1e, 0x87, 0xe9, 0xce, 0x55, 0x28, 0xdf,
        0x8c, 0xa1, 0x89, 0x0d, 0xbf, 0xe6, 0x42, 0x68, 0x41, 0x99, 0x2d, 0x0f, 0xb0, 0x54, 0xbb, 0x16,
    ];

    /// <summary>Encrypts one block; input and output may be the same 16 bytes.</summary>
    public void Encrypt(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (Aes.IsSupported)
        {
            Vector128<byte> block = Vector128.Create(input) ^ Key(0);
            for (int round = 1; round < _rounds; round++)
            {
                block = Aes.Encrypt(block, Key(round));
            }

            Aes.EncryptLast(block, Key(_rounds)).CopyTo(output);
        }
        else if (ArmAes.IsSupported)
        {
            Vector128<byte> block = Vector128.Create(input);
            for (int round = 0; round < _rounds - 1; round++)
            {
                block = ArmAes.MixColumns(ArmAes.Encrypt(block, Key(round)));
            }

            (ArmAes.Encrypt(block, Key(_rounds - 1)) ^ Key(_rounds)).CopyTo(output);
        }
        else
        {
            EncryptPortable(input, output);
        }
    }

    /// <summary>The form without instructions of its own.</summary>
    internal void EncryptPortable(ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        Span<byte> shifted = stackalloc byte[BlockLength];
        input[..BlockLength].CopyTo(block);
        AddKey(block, 0);
        for (int round = 1; round <= _rounds; round++)
        {
            // SubBytes and ShiftRows: row r of column c comes from column c + r.
            for (int i = 0; i < BlockLength; i++)
            {
                shifted[i] = Substitute[block[(i + ((i & 3) * 4)) & 15]];
            }

            if (round < _rounds)
            {
                MixColumns(shifted, block);
            }
            else
            {
                shifted.CopyTo(block);
            }

            AddKey(block, round);
        }

        block.CopyTo(output);
    }

    private static void MixColumns(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (int column = 0; column < BlockLength; column += 4)
        {
            int all = from[column] ^ from[column + 1] ^ from[column + 2] ^ from[column + 3];
            for (int row = 0; row < 4; row++)
            {
                byte here = from[column + row];
                byte next = from[column + ((row + 1) & 3)];
                to[column + row] = (byte)(here ^ all ^ Double((byte)(here ^ next)));
            }
        }
    }

    private static byte Double(byte value) => (byte)((value << 1) ^ ((value >> 7) * 0x1B));

    private void AddKey(Span<byte> block, int round)
    {
        for (int i = 0; i < BlockLength; i++)
        {
            block[i] ^= _keys[(round * BlockLength) + i];
        }
    }

    private Vector128<byte> Key(int round) => Vector128.Create<byte>(_keys.AsSpan(round * BlockLength, BlockLength));
}
