namespace Vittne.TestKit;

/// <summary>Builds the hellos and records of TLS, DTLS and QUIC by hand (RFC 8446 section 4, RFC 6347 section 4).</summary>
public static class Hellos
{
    /// <summary>A handshake message: type, length, body.</summary>
    public static Bytes Message(int type, Bytes body) => new Bytes().U8(type).Prefixed(24, body);

    /// <summary>An extension: type, length, body.</summary>
    public static Bytes Extension(int type, Bytes body) => new Bytes().U16(type).Prefixed(16, body);

    /// <summary>The server_name extension.</summary>
    public static Bytes ServerName(string name) =>
        Extension(0, new Bytes().Prefixed(16, new Bytes().U8(0).Prefixed(16, new Bytes().Text(name))));

    /// <summary>The ALPN extension.</summary>
    public static Bytes Alpn(params ReadOnlySpan<string> names)
    {
        var list = new Bytes();
        foreach (string name in names)
        {
            list.Prefixed(8, new Bytes().Text(name));
        }

        return Extension(0x10, new Bytes().Prefixed(16, list));
    }

    /// <summary>An extension that is one list of 16-bit numbers: groups (000a), signature algorithms (000d).</summary>
    public static Bytes NumberList(int type, params ReadOnlySpan<ushort> values) => Extension(type, new Bytes().Prefixed(16, Numbers(values)));

    /// <summary>The supported_versions extension of a client.</summary>
    public static Bytes Versions(params ReadOnlySpan<ushort> values) => Extension(0x2B, new Bytes().Prefixed(8, Numbers(values)));

    /// <summary>The supported_versions extension of a server.</summary>
    public static Bytes Version(int version) => Extension(0x2B, new Bytes().U16(version));

    /// <summary>A ClientHello message.</summary>
    /// <param name="version">Its version field; DTLS versions get an empty cookie.</param>
    /// <param name="ciphers">Cipher suites.</param>
    /// <param name="extensions">The extensions; null for none at all.</param>
    /// <param name="cookie">DTLS: the cookie.</param>
    public static byte[] Client(int version, ReadOnlySpan<ushort> ciphers, Bytes? extensions, string cookie = "")
    {
        Bytes body = new Bytes().U16(version).Repeat(0x11, 32).U8(0);
        if (version >> 8 == 0xFE)
        {
            body.Prefixed(8, new Bytes().Text(cookie));
        }

        body.Prefixed(16, Numbers(ciphers)).U8(1).U8(0);
        if (extensions is not null)
        {
            body.Prefixed(16, extensions);
        }

        return Message(1, body).ToArray();
    }

    /// <summary>A ClientHello of TLS 1.2 and 1.3 with a server name.</summary>
    public static byte[] Client(string name) =>
        Client(0x0303, [0x1301, 0xC02F], new Bytes().Raw(ServerName(name)).Raw(NumberList(0x0A, 0x1D, 0x17)).Raw(Versions(0x0304, 0x0303)));

    /// <summary>A ServerHello message.</summary>
    public static byte[] Server(int version, int cipher, Bytes? extensions, int random = 0x22)
    {
        Bytes body = new Bytes().U16(version).Repeat(random, 32).U8(0).U16(cipher).U8(0);
        if (extensions is not null)
        {
            body.Prefixed(16, extensions);
        }

        return Message(2, body).ToArray();
    }

    /// <summary>A HelloRetryRequest (RFC 8446 section 4.1.3).</summary>
    public static byte[] RetryRequest() =>
        Message(2, new Bytes().U16(0x0303).Hex("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C")
            .U8(0).U16(0x1301).U8(0).Prefixed(16, Version(0x0304))).ToArray();

    /// <summary>A Certificate message of TLS up to 1.2.</summary>
    public static byte[] Certificates(params ReadOnlySpan<byte[]> certificates)
    {
        var list = new Bytes();
        foreach (byte[] certificate in certificates)
        {
            list.Prefixed(24, new Bytes().Raw(certificate));
        }

        return Message(11, new Bytes().Prefixed(24, list)).ToArray();
    }

    /// <summary>A TLS record.</summary>
    public static byte[] Record(int type, ReadOnlySpan<byte> body) => new Bytes().U8(type).U16(0x0303).U16(body.Length).Raw(body).ToArray();

    /// <summary>Handshake bytes in records of a length at most.</summary>
    public static byte[] HandshakeRecords(ReadOnlySpan<byte> messages, int length = 16_384)
    {
        var records = new Bytes();
        for (; !messages.IsEmpty; messages = messages[Math.Min(length, messages.Length)..])
        {
            records.Raw(Record(22, messages[..Math.Min(length, messages.Length)]));
        }

        return records.ToArray();
    }

    /// <summary>A DTLS record with one fragment of a handshake message.</summary>
    /// <param name="message">The message as TLS has it.</param>
    /// <param name="sequence">Its message_seq.</param>
    /// <param name="offset">Where the fragment begins in the body.</param>
    /// <param name="length">Length of the fragment.</param>
    public static byte[] DtlsFragment(ReadOnlySpan<byte> message, int sequence, int offset, int length)
    {
        Bytes fragment = new Bytes().Raw(message[..4]).U16(sequence).U24(offset).U24(length).Raw(message.Slice(4 + offset, length));
        return new Bytes().U8(22).U16(0xFEFD).U16(0).U16(0).U32(sequence).Prefixed(16, fragment).ToArray();
    }

    private static Bytes Numbers(ReadOnlySpan<ushort> values)
    {
        var list = new Bytes();
        foreach (ushort value in values)
        {
            list.U16(value);
        }

        return list;
    }
}
