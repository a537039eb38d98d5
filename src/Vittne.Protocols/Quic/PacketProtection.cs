using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Quic;

/// <summary>Takes the protection off the Initial packets of one side (RFC 9001 sections 5.3 and 5.4).</summary>
internal sealed class PacketProtection
{
    private const int SampleOffset = 4;

    private readonly AesGcm128 _payload;
    private readonly Aes128 _header;
    private readonly byte[] _nonce = new byte[AesGcm128.NonceLength];

    /// <summary>Derives the keys.</summary>
    /// <param name="secret">The side's Initial secret.</param>
    /// <param name="isVersion2">True for the labels of RFC 9369.</param>
    public PacketProtection(ReadOnlySpan<byte> secret, bool isVersion2)
    {
        Span<byte> key = stackalloc byte[Aes128.BlockLength];
        HkdfSha256.ExpandLabel(secret, isVersion2 ? "quicv2 key" : "quic key", key);
        _payload = new AesGcm128(key);
        HkdfSha256.ExpandLabel(secret, isVersion2 ? "quicv2 hp" : "quic hp", key);
        _header = new Aes128(key);
        HkdfSha256.ExpandLabel(secret, isVersion2 ? "quicv2 iv" : "quic iv", _nonce);
    }

    /// <summary>Decrypts a packet.</summary>
    /// <param name="packet">The whole packet as sent.</param>
    /// <param name="numberOffset">Where its packet number begins.</param>
    /// <param name="ignoresTag">True to decrypt whatever the tag says; the caller judges the frames.</param>
    /// <returns>The frames, or null when the keys are not those of the packet.</returns>
    public byte[]? Open(ReadOnlySpan<byte> packet, int numberOffset, bool ignoresTag = false)
    {
        if (packet.Length < numberOffset + SampleOffset + Aes128.BlockLength)
        {
            return null;
        }

        Span<byte> mask = stackalloc byte[Aes128.BlockLength];
        _header.Encrypt(packet.Slice(numberOffset + SampleOffset, Aes128.BlockLength), mask);
        byte[] open = packet.ToArray();
        open[0] ^= (byte)(mask[0] & 0x0F);
        int numberLength = (open[0] & 3) + 1;
        Span<byte> nonce = stackalloc byte[AesGcm128.NonceLength];
        _nonce.CopyTo(nonce);

        // Numbers of Initial packets start at 0 and stay small: the truncated number is the number.
        for (int i = 0; i < numberLength; i++)
        {
            open[numberOffset + i] ^= mask[1 + i];
            nonce[AesGcm128.NonceLength - numberLength + i] ^= open[numberOffset + i];
        }

        int payload = numberOffset + numberLength;
        byte[] frames = new byte[Math.Max(0, open.Length - payload - AesGcm128.TagLength)];
        if (ignoresTag)
        {
            _payload.OpenUnchecked(nonce, open.AsSpan(payload), frames);
            return frames;
        }

        return _payload.TryOpen(nonce, open.AsSpan(payload), open.AsSpan(0, payload), frames) ? frames : null;
    }

    /// <summary>Protects a packet: the reverse of <see cref="Open"/>. Tests make packets with it.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> header, int numberLength, ReadOnlySpan<byte> frames)
    {
        byte[] packet = new byte[header.Length + frames.Length + AesGcm128.TagLength];
        header.CopyTo(packet);
        int numberOffset = header.Length - numberLength;
        Span<byte> nonce = stackalloc byte[AesGcm128.NonceLength];
        _nonce.CopyTo(nonce);
        for (int i = 0; i < numberLength; i++)
        {
            nonce[AesGcm128.NonceLength - numberLength + i] ^= header[numberOffset + i];
        }

        _payload.Seal(nonce, frames, header, packet.AsSpan(header.Length));
        Span<byte> mask = stackalloc byte[Aes128.BlockLength];
        _header.Encrypt(packet.AsSpan(numberOffset + SampleOffset, Aes128.BlockLength), mask);
        packet[0] ^= (byte)(mask[0] & 0x0F);
        for (int i = 0; i < numberLength; i++)
        {
            packet[numberOffset + i] ^= mask[1 + i];
        }

        return packet;
    }
}
