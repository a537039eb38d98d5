using System.Buffers.Binary;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Quic;

/// <summary>Takes the protection off the packets of one side (RFC 9001 sections 5.3 and 5.4).</summary>
internal sealed class PacketProtection
{
    private const int SampleOffset = 4;

    private const int SampleLength = 16;
    private const int MaxNumberLength = 4;

    private readonly AeadCipher _payload;
    private readonly AesCipher? _aesHeader;
    private readonly ChaCha20? _chaChaHeader;
    private readonly byte[] _nonce = new byte[AeadCipher.NonceLength];

    /// <summary>Derives the keys.</summary>
    /// <param name="cipher">The cipher of the packets; one of TLS 1.3.</param>
    /// <param name="secret">The side's secret.</param>
    /// <param name="isVersion2">True for the labels of RFC 9369.</param>
    public PacketProtection(in BulkCipher cipher, ReadOnlySpan<byte> secret, bool isVersion2)
    {
        Span<byte> key = stackalloc byte[BulkCipher.MaxKeyLength];
        key = key[..cipher.KeyLength];
        Hkdf.ExpandLabel(cipher.Hash, secret, isVersion2 ? "quicv2 key" : "quic key", key);
        _payload = cipher.CreateAead(key);
        Hkdf.ExpandLabel(cipher.Hash, secret, isVersion2 ? "quicv2 hp" : "quic hp", key);
        if (cipher.Kind == BulkCipherKind.ChaChaPoly)
        {
            _chaChaHeader = new ChaCha20(key);
        }
        else
        {
            _aesHeader = new AesCipher(key);
        }

        Hkdf.ExpandLabel(cipher.Hash, secret, isVersion2 ? "quicv2 iv" : "quic iv", _nonce);
    }

    /// <summary>Decrypts a packet.</summary>
    /// <param name="packet">The whole packet as sent.</param>
    /// <param name="numberOffset">Where its packet number begins.</param>
    /// <param name="ignoresTag">True to decrypt whatever the tag says; the caller judges the frames.</param>
    /// <returns>The frames, or null when the keys are not those of the packet.</returns>
    public byte[]? Open(ReadOnlySpan<byte> packet, int numberOffset, bool ignoresTag = false)
    {
        if (packet.Length < numberOffset + SampleOffset + SampleLength)
        {
            return null;
        }

        Span<byte> mask = stackalloc byte[1 + MaxNumberLength];
        WriteMask(packet.Slice(numberOffset + SampleOffset, SampleLength), mask);
        byte[] open = packet.ToArray();
        open[0] ^= (byte)(mask[0] & 0x0F);
        int numberLength = (open[0] & 3) + 1;
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceLength];
        _nonce.CopyTo(nonce);

        // Numbers of Initial and of Handshake packets start at 0 and stay small: the truncated number is the number.
        for (int i = 0; i < numberLength; i++)
        {
            open[numberOffset + i] ^= mask[1 + i];
            nonce[AeadCipher.NonceLength - numberLength + i] ^= open[numberOffset + i];
        }

        int payload = numberOffset + numberLength;
        byte[] frames = new byte[Math.Max(0, open.Length - payload - AeadCipher.TagLength)];
        if (ignoresTag)
        {
            (_payload as AesGcmCipher)?.OpenUnchecked(nonce, open.AsSpan(payload), frames);
            return frames;
        }

        return _payload.TryOpen(nonce, open.AsSpan(payload), open.AsSpan(0, payload), frames) ? frames : null;
    }

    /// <summary>Protects a packet: the reverse of <see cref="Open"/>. Tests make packets with it.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> header, int numberLength, ReadOnlySpan<byte> frames)
    {
        byte[] packet = new byte[header.Length + frames.Length + AeadCipher.TagLength];
        header.CopyTo(packet);
        int numberOffset = header.Length - numberLength;
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceLength];
        _nonce.CopyTo(nonce);
        for (int i = 0; i < numberLength; i++)
        {
            nonce[AeadCipher.NonceLength - numberLength + i] ^= header[numberOffset + i];
        }

        _payload.Seal(nonce, frames, header, packet.AsSpan(header.Length));
        Span<byte> mask = stackalloc byte[1 + MaxNumberLength];
        WriteMask(packet.AsSpan(numberOffset + SampleOffset, SampleLength), mask);
        packet[0] ^= (byte)(mask[0] & 0x0F);
        for (int i = 0; i < numberLength; i++)
        {
            packet[numberOffset + i] ^= mask[1 + i];
        }

        return packet;
    }

    // RFC 9001 sections 5.4.3 and 5.4.4.
    private void WriteMask(ReadOnlySpan<byte> sample, Span<byte> mask)
    {
        if (_aesHeader is not null)
        {
            Span<byte> block = stackalloc byte[AesCipher.BlockLength];
            _aesHeader.Encrypt(sample, block);
            block[..mask.Length].CopyTo(mask);
        }
        else
        {
            mask.Clear();
            _chaChaHeader!.Apply(BinaryPrimitives.ReadUInt32LittleEndian(sample), sample[sizeof(uint)..], mask, mask);
        }
    }
}
