using System.Buffers.Binary;
using Vittne.Protocols.Crypto;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

/// <summary>Makes the encrypted records of one side of TLS 1.3 with TLS_AES_128_GCM_SHA256 (RFC 8446 section 5.2).</summary>
internal sealed class RecordSealer
{
    private byte[] _secret = [];
    private AesGcmCipher _cipher = new(new byte[16]);
    private byte[] _vector = new byte[12];
    private ulong _sequence;

    public RecordSealer(byte[] secret) => Use(secret);

    /// <summary>Goes on with another secret.</summary>
    public void Use(byte[] secret)
    {
        _secret = secret;
        _cipher = new AesGcmCipher(Expand("key", 16));
        _vector = Expand("iv", 12);
        _sequence = 0;
    }

    /// <summary>Goes on with the keys behind these.</summary>
    public void Update() => Use(Expand("traffic upd", 32));

    /// <summary>A record with a content and padding.</summary>
    public byte[] Seal(int type, ReadOnlySpan<byte> content, int padding = 0)
    {
        byte[] inner = new Bytes().Raw(content).U8(type).Repeat(0, padding).ToArray();
        byte[] record = new byte[5 + inner.Length + AeadCipher.TagLength];
        Hellos.Record(23, new byte[inner.Length + AeadCipher.TagLength]).AsSpan(0, 5).CopyTo(record);
        byte[] nonce = [.. _vector];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), BinaryPrimitives.ReadUInt64BigEndian(nonce.AsSpan(4)) ^ _sequence++);
        _cipher.Seal(nonce, inner, record.AsSpan(0, 5), record.AsSpan(5));
        return record;
    }

    private byte[] Expand(string label, int length)
    {
        byte[] output = new byte[length];
        Hkdf.ExpandLabel(HmacKind.Sha256, _secret, label, output);
        return output;
    }
}
