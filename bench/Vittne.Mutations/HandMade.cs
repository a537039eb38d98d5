using System.Formats.Asn1;
using System.Text;
using Vittne.TestKit;

namespace Vittne.Mutations;

/// <summary>One good conversation of each protocol at least, so that its parser is tested where no captures are.</summary>
internal static class HandMade
{
    // Bytes of the HMAC of OpenVPN's packets.
    private static readonly int[] AuthenticationCodes = [0, 20];

    /// <summary>A question for an address.</summary>
    public static byte[] DnsQuery { get; } = new Bytes().U16(7).U16(0x0100).U16(1).U16(0).U16(0).U16(1)
        .U8(4).Text("evil").U8(4).Text("test").U8(0).U16(1).U16(1).U8(0).U16(41).U16(1232).U32(0).U16(0).ToArray();

    private static byte[] DnsAnswer { get; } = new Bytes().U16(7).U16(0x8180).U16(1).U16(3).U16(0).U16(0)
        .U8(4).Text("evil").U8(4).Text("test").U8(0).U16(1).U16(1)
        .U16(0xC00C).U16(5).U16(1).U32(60).Prefixed(16, new Bytes().U8(3).Text("www").U16(0xC00C))
        .U16(0xC00C).U16(16).U16(1).U32(60).Prefixed(16, new Bytes().Prefixed(8, new Bytes().Text("v=spf1")))
        .U16(0xC00C).U16(65).U16(1).U32(60).Prefixed(16, new Bytes().U16(1).U8(0).U16(1).Prefixed(16, new Bytes().U8(2).Text("h2"))).ToArray();

    /// <summary>Conversations of a stream protocol.</summary>
    public static IEnumerable<byte[]> Streams(string protocol) => protocol switch
    {
        "http" =>
        [
            Talk(80, "GET /a?b=c HTTP/1.1\r\nHost: a.test\r\nCookie: a=b; c\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/html\r\n\r\nhello"),
            Talk(
                8080,
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
                "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-4/10\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n"),
            Talk(3128, "CONNECT a.test:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 Established\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 404 \r\n\r\nrest"),
        ],
        "tls" =>
        [
            Conversation.Of(
                443,
                Hellos.HandshakeRecords(Hellos.Client("www.example.test")),
                [
                    .. Hellos.HandshakeRecords([.. Hellos.Server(0x0303, 0xC02F, null), .. Hellos.Certificates([.. Certificates()])], 50),
                    .. Hellos.Record(20, [1]),
                    .. Hellos.Record(21, [2, 40]),
                ]),
            Conversation.Of(443, Hellos.HandshakeRecords(Hellos.Client("a.test")), Hellos.HandshakeRecords(Hellos.RetryRequest()), Hellos.HandshakeRecords(Hellos.Client("a.test"))),
            Conversation.Of(443, new Bytes().U16(0x802E).U8(1).U16(0x0301).U16(21).U16(0).U16(16).Repeat(0x35, 37).ToArray()),
        ],
        "ssh" =>
        [
            Conversation.Of(22, Encoding.ASCII.GetBytes("SSH-2.0-client_1\r\n"), Encoding.ASCII.GetBytes("hello\r\nSSH-2.0-server_2 comment\r\n"), KeyExchange(), KeyExchange()),
        ],
        "smtp" =>
        [
            Conversation.Of(
                25,
                [],
                "220 mx.test ESMTP\r\n"u8.ToArray(),
                "EHLO a.test\r\n"u8.ToArray(),
                "250-mx.test\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n"u8.ToArray(),
                "AUTH LOGIN\r\n"u8.ToArray(),
                "334 VXNlcm5hbWU6\r\n"u8.ToArray(),
                "dXNlcg==\r\n"u8.ToArray(),
                "334 UGFzc3dvcmQ6\r\n"u8.ToArray(),
                "cGFzcw==\r\n"u8.ToArray(),
                "235 ok\r\n"u8.ToArray(),
                "MAIL FROM:<a@a.test> SIZE=5\r\nRCPT TO:<b@b.test>\r\nDATA\r\n"u8.ToArray(),
                "250 ok\r\n250 ok\r\n354 go\r\n"u8.ToArray(),
                "Subject: x\r\n\r\n..body\r\n.\r\nBDAT 5 LAST\r\nhelloSTARTTLS\r\n"u8.ToArray(),
                "250 queued\r\n250 ok\r\n220 go\r\n"u8.ToArray()),
        ],
        "ftp" => [Talk(21, "", "220-Hi\r\n there\r\n220 ready\r\n", "USER a\r\n", "331 pass\r\n", "PASS b\r\n", "230 in\r\n", "PASV\r\n", "227 Entering (192,0,2,1,4,5)\r\n", "RETR x\r\n", "150 here\r\n226 done\r\n")],
        "pop3" => [Talk(110, "", "+OK ready <1@a>\r\n", "USER a\r\n", "+OK\r\n", "PASS b\r\n", "-ERR no\r\n", "RETR 1\r\n", "+OK 5 octets\r\nFrom: x\r\n\r\n..\r\n.\r\n", "STLS\r\n", "+OK\r\n")],
        "imap" =>
        [
            Talk(143, "", "* OK ready\r\n", "a1 LOGIN {4}\r\n", "+ go\r\n", "user \"pa\\\"ss\"\r\n", "a1 OK in\r\n", "a2 FETCH 1 BODY[]\r\n", "* 1 FETCH (BODY[] {5}\r\nhello)\r\na2 OK\r\n"),
        ],
        "irc" => [Talk(6667, "NICK a\r\nUSER a 0 * :b\r\n", ":srv 001 a :hi\r\n", "JOIN #c key\r\nPRIVMSG #c :\u0001DCC SEND f 3221225985 80 5\u0001\r\n", "@tag=1 :x!y@z PRIVMSG a :ok\r\n")],
        "websocket" =>
        [
            Conversation.Of(
                80,
                Frame(0x82, "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n"u8),
                [.. Frame(0x02, "HTTP/1.1 200 OK\r\nContent-"u8), .. Frame(0x89, "ping"u8), .. Frame(0x80, "Length: 2\r\n\r\nhi"u8), .. Frame(0x88, [3, 0xE8])]),
        ],
        "dns" => [Conversation.Of(53, Prefixed(DnsQuery), Prefixed(DnsAnswer))],
        "openvpn" => [.. AuthenticationCodes.Select(static hmac => Conversation.Of(
            1194, OpenVpnPackets.Framed([.. Vpn(isClient: true, hmac)]), OpenVpnPackets.Framed([.. Vpn(isClient: false, hmac)])))],
        _ => [],
    };

    /// <summary>Conversations of a datagram protocol.</summary>
    public static IEnumerable<byte[]> Datagrams(string protocol) => protocol switch
    {
        "dns" => [Conversation.Of(53, DnsQuery, DnsAnswer), Conversation.Of(5353, DnsAnswer)],
        "nbns" =>
        [
            Conversation.Of(
                137,
                new Bytes().U16(1).U16(0x0110).U16(1).U16(0).U16(0).U16(0).U8(32).Text("FHEPFCELEHFCEPFFFACACACACACACAAA").U8(0).U16(0x20).U16(1).ToArray(),
                new Bytes().U16(1).U16(0x8500).U16(0).U16(1).U16(0).U16(0).U8(32).Text("FHEPFCELEHFCEPFFFACACACACACACAAA").U8(0).U16(0x20).U16(1).U32(60)
                    .Prefixed(16, new Bytes().U16(0).U32(0xC0000201)).ToArray()),
        ],
        "dhcp" =>
        [
            Conversation.Of(
                67,
                new Bytes().U8(1).U8(1).U8(6).U8(0).U32(5).U16(0).U16(0).Repeat(0, 16).Hex("020000000001").Repeat(0, 10).Repeat(0, 192).U32(0x63825363)
                    .U8(53).U8(1).U8(1).U8(12).U8(4).Text("host").U8(55).U8(3).U8(1).U8(3).U8(6).U8(82).U8(4).U8(1).U8(2).U8(5).U8(6).U8(255).ToArray()),
        ],
        "dtls" => [Conversation.Of(443, Fragment(0, 20), Hellos.DtlsFragment(Hellos.Server(0xFEFD, 0xC02F, null), 0, 0, 38), Fragment(20, 24))],
        "quic" => [.. new Targets.QuicTarget().Seeds().Select(Targets.QuicTarget.Sealed)],
        "tftp" => [Conversation.Of(69, [0, 1, .. "boot.bin\0octet\0blksize\01428\0"u8], [0, 6, .. "blksize\01428\0"u8], [0, 4, 0, 0], [0, 3, 0, 1, .. "data"u8], [0, 5, 0, 1, .. "no\0"u8])],
        "ssdp" => [Conversation.Of(1900, "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\n\r\n"u8.ToArray(), "HTTP/1.1 200 OK\r\nLOCATION: http://192.0.2.1/\r\nST: x\r\n\r\n"u8.ToArray())],
        "openvpn" =>
        [
            .. AuthenticationCodes.Select(static hmac => Conversation.Of(
                1194, [.. Vpn(isClient: true, hmac).Zip(Vpn(isClient: false, hmac)).SelectMany(static pair => new[] { pair.First, pair.Second })])),
        ],
        "rdpeudp" =>
        [
            Conversation.Of(
                3389,
                RdpUdpPackets.Syn(5, 2),
                RdpUdpPackets.SynAck(5, 9, 2),
                RdpUdpPackets.Data(6, Hellos.HandshakeRecords(Hellos.Client("a.test"))),
                RdpUdpPackets.Data(10, Hellos.HandshakeRecords(Hellos.Server(0x0303, 0xC02F, null)), 6, 0x050C)),
            Conversation.Of(
                3389,
                RdpUdpPackets.Syn(5, 0x0101),
                RdpUdpPackets.SynAck(5, 9, 0x0101),
                RdpUdpPackets.Data3(1, Hellos.HandshakeRecords(Hellos.Client("a.test"))),
                RdpUdpPackets.Data3(1, Hellos.HandshakeRecords(Hellos.Server(0x0303, 0xC02F, null)), 0x15D)),
            Conversation.Of(3389, RdpUdpPackets.Syn(5, 2, isLossy: true), RdpUdpPackets.SynAck(5, 9, 2), RdpUdpPackets.Data(6, Fragment(0, 20)), [], RdpUdpPackets.Data(7, Fragment(20, 24))),
        ],
        _ => [],
    };

    private static IEnumerable<byte[]> Vpn(bool isClient, int hmac)
    {
        byte[] hello = Hellos.HandshakeRecords(isClient ? Hellos.Client("a.test") : [.. Hellos.Server(0x0303, 0xC02F, null), .. Hellos.Certificates([.. Certificates()])]);
        return
        [
            isClient ? OpenVpnPackets.ClientReset(hmac) : OpenVpnPackets.ServerReset(hmac),
            OpenVpnPackets.Control(isClient, 2, hello.AsSpan(40), hmac),
            OpenVpnPackets.Control(isClient, 1, hello.AsSpan(0, 40), hmac, acknowledges: true),
            [0x30, 1, 2, 3],
            OpenVpnPackets.Packet(3, 1, isClient ? OpenVpnPackets.Client : OpenVpnPackets.Server, 0, null, [], hmac),
            OpenVpnPackets.Control(isClient, 1, hello, hmac, key: 1),
        ];
    }

    /// <summary>A certificate with names and extensions (RFC 5280 section 4.1); its signature is nonsense.</summary>
    public static IEnumerable<byte[]> Certificates()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteInteger(2);
                }

                writer.WriteInteger(0x00C0FFEE);
                Algorithm(writer, "1.2.840.113549.1.1.11");
                Name(writer, "Root");
                using (writer.PushSequence())
                {
                    writer.WriteUtcTime(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
                    writer.WriteGeneralizedTime(new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
                }

                Name(writer, "www.example.test");
                using (writer.PushSequence())
                {
                    Algorithm(writer, "1.2.840.113549.1.1.1");
                    writer.WriteBitString([0x30, 0x0A, 0x02, 0x03, 0x01, 0x00, 0x01, 0x02, 0x03, 0x01, 0x00, 0x01]);
                }

                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
                using (writer.PushSequence())
                {
                    Extension(writer, "2.5.29.17", [0x30, 0x0E, 0x82, 0x06, .. "a.test"u8, 0x87, 0x04, 192, 0, 2, 1]);
                    Extension(writer, "2.5.29.19", [0x30, 0x03, 0x01, 0x01, 0xFF]);
                    Extension(writer, "2.5.29.15", [0x03, 0x02, 0x05, 0xA0]);
                    Extension(writer, "2.5.29.37", [0x30, 0x0A, 0x06, 0x08, 0x2B, 6, 1, 5, 5, 7, 3, 1]);
                }
            }

            Algorithm(writer, "1.2.840.113549.1.1.11");
            writer.WriteBitString(new byte[64]);
        }

        return [writer.Encode()];
    }

    private static void Algorithm(AsnWriter writer, string identifier)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(identifier);
            writer.WriteNull();
        }
    }

    private static void Name(AsnWriter writer, string commonName)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, commonName);
        }
    }

    private static void Extension(AsnWriter writer, string identifier, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(identifier);
            writer.WriteOctetString(value);
        }
    }

    private static byte[] Talk(ushort serverPort, params string[] turns) => Conversation.Of(serverPort, [.. turns.Select(Encoding.Latin1.GetBytes)]);

    private static byte[] Prefixed(byte[] message) => new Bytes().Prefixed(16, new Bytes().Raw(message)).ToArray();

    /// <summary>A frame of a WebSocket whose mask is zero (RFC 6455 section 5.2).</summary>
    private static byte[] Frame(byte flags, ReadOnlySpan<byte> content) => [flags, (byte)(content.Length | 0x80), 0, 0, 0, 0, .. content];

    private static byte[] Fragment(int offset, int length)
    {
        byte[] hello = Hellos.Client(0xFEFD, [0xC02B], Hellos.ServerName("a.test"));
        return Hellos.DtlsFragment(hello, 0, offset, Math.Min(length, hello.Length - 4 - offset));
    }

    /// <summary>SSH_MSG_KEXINIT in a packet (RFC 4253 sections 6 and 7.1).</summary>
    private static byte[] KeyExchange()
    {
        Bytes payload = new Bytes().U8(20).Repeat(7, 16);
        foreach (string list in (string[])["curve25519-sha256,ext-info-c", "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha1", "hmac-sha1", "none", "none", "", ""])
        {
            payload.Prefixed(32, new Bytes().Text(list));
        }

        payload.U8(0).U32(0);
        return new Bytes().Prefixed(32, new Bytes().U8(4).Raw(payload).Repeat(0, 4)).ToArray();
    }
}
