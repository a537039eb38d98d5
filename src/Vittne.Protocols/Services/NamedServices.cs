using System.Buffers.Binary;

namespace Vittne.Protocols.Services;

/// <summary>Services without a parser that their first bytes give away. A wrong name is worse than none, so each asks for several fields to fit.</summary>
internal static class NamedServices
{
    private const int Ldap = 0, Kerberos = 1, Modbus = 2, Redis = 3, Mysql = 4, Ntp = 5, RdpUdp = 6, Snmp = 7, Sip = 8, Stun = 9, Rdp = 10, Smb = 11,
        Postgres = 12, Vnc = 13, Mqtt = 14, BitTorrent = 15, Radius = 16, Syslog = 17, Rtsp = 18, Dnp3 = 19, Bgp = 20, Telnet = 21, Socks = 22, DceRpc = 23,
        Tds = 24, Xmpp = 25, Vxlan = 26, Geneve = 27;

    /// <summary>Their names, by number.</summary>
    public static readonly string[] Names =
    [
        "ldap", "krb", "modbus", "redis", "mysql", "ntp", "rdpeudp", "snmp", "sip", "stun", "rdp", "smb", "postgresql", "vnc", "mqtt", "bittorrent",
        "radius", "syslog", "rtsp", "dnp3", "bgp", "telnet", "socks", "dce_rpc", "tds", "xmpp", "vxlan", "geneve",
    ];

    /// <summary>Names the first bytes of a side of a stream; -1 when nobody knows them.</summary>
    public static int OfStream(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length < 4)
        {
            return data.Length == 3 && IsSocks(data, destinationPort) ? Socks : -1;
        }

        uint head = BinaryPrimitives.ReadUInt32BigEndian(data);
        return data[0] switch
        {
            0x30 when IsLdap(data) => Ldap,
            0x00 when data.Length > 14 && head < 1 << 20 && IsKerberos(data[4..]) => Kerberos,
            0x00 when data.Length >= 8 && data[4] is 0xFF or 0xFE or 0xFD && data[5] == 'S' && data[6] == 'M' && data[7] == 'B' => Smb,
            0x00 when head == 8 && data.Length == 8 && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == 80_877_103 => Postgres,
            0x00 when data.Length >= 8 && head == data.Length && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == 196_608 => Postgres,
            (byte)'*' or (byte)'+' or (byte)'$' when IsRedis(data) => Redis,
            0x10 when IsMqtt(data) => Mqtt,
            0x13 when data.StartsWith("\u0013BitTorrent protocol"u8) => BitTorrent,
            0x03 when IsRdp(data) => Rdp,
            0x05 when head >> 16 == 0x0564 && data.Length >= 10 => Dnp3,
            0x05 when (head & 0xFFFF_0000) == 0x0500_0000 && data[2] is 0x0B or 0x0C && data.Length >= 16 => DceRpc,
            0x12 or 0x04 when IsTds(data) => Tds,
            0xFF when head == 0xFFFF_FFFF && data.Length >= 19 && !data[..16].ContainsAnyExcept((byte)0xFF) => Bgp,
            0xFF when IsTelnet(data) => Telnet,
            (byte)'R' when data.StartsWith("RFB 00"u8) && data.Length >= 12 => Vnc,
            (byte)'R' when data.StartsWith("RTSP/1."u8) => Rtsp,
            (byte)'S' when data.StartsWith("SIP/2.0 "u8) => Sip,
            (byte)'<' when data.IndexOf("jabber:"u8) >= 0 && data.IndexOf("<stream:stream"u8) >= 0 => Xmpp,
            >= (byte)'A' and <= (byte)'Z' when IsRequestOf(data, "SIP/2.0"u8) => Sip,
            >= (byte)'A' and <= (byte)'Z' when IsRequestOf(data, "RTSP/1.0"u8) => Rtsp,
            _ => IsMysql(data) ? Mysql : IsModbus(data, sourcePort, destinationPort) ? Modbus : IsSocks(data, destinationPort) ? Socks : -1,
        };
    }

    /// <summary>Names a datagram; -1 when nobody knows it.</summary>
    public static int OfDatagram(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.Length < 8)
        {
            return -1;
        }

        uint head = BinaryPrimitives.ReadUInt32BigEndian(data);
        if (data.Length >= 20 && data[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(data[4..]) == 0x2112_A442)
        {
            return Stun;
        }

        if (sourcePort == 123 || destinationPort == 123)
        {
            return data.Length >= 48 && (data[0] & 7) is >= 1 and <= 5 && ((data[0] >> 3) & 7) is >= 1 and <= 4 ? Ntp : IsNtpControl(data) ? Ntp : -1;
        }

        if ((data[0] == 0x6A || data[0] == 0x6C || data[0] == 0x6B || data[0] == 0x6D || data[0] == 0x7E) && IsKerberos(data))
        {
            return Kerberos;
        }

        if (data[0] == 0x30)
        {
            return IsSnmp(data) ? Snmp : IsLdap(data) ? Ldap : -1;
        }

        if (data[0] is >= (byte)'A' and <= (byte)'Z' && (data.StartsWith("SIP/2.0 "u8) || IsRequestOf(data, "SIP/2.0"u8)))
        {
            return Sip;
        }

        // MS-RDPEUDP 2.2.1.1: no acknowledgment yet, a window, and SYN in the flags, big-endian.
        if (head == uint.MaxValue && data.Length >= 1000 && (data[7] & 1) != 0 && (sourcePort == 3389 || destinationPort == 3389))
        {
            return RdpUdp;
        }

        // Frames without IP in tunnels; those with IP are followed by the decoder.
        if (destinationPort is 4789 or 8472 && data.Length >= 22 && (head & 0x0800_0000) != 0)
        {
            return Vxlan;
        }

        if (destinationPort == 6081 && data.Length >= 22 && data[0] >> 6 == 0 && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) == 0x6558)
        {
            return Geneve;
        }

        if (data[0] == (byte)'<' && IsSyslog(data))
        {
            return Syslog;
        }

        bool isRadiusPort = sourcePort is 1812 or 1813 or 1645 or 1646 || destinationPort is 1812 or 1813 or 1645 or 1646;
        return isRadiusPort && data.Length >= 20 && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) == data.Length && data[0] is >= 1 and <= 5 or 11 ? Radius : -1;
    }

    // RFC 4511 section 4.2: a sequence of a message number and an operation.
    private static bool IsLdap(ReadOnlySpan<byte> data)
    {
        if (!BerReader.TryHeader(data, out int content, out long length) || length < 5 || content + 3 > data.Length || data[content] != 0x02)
        {
            return false;
        }

        int numberLength = data[content + 1];
        int operation = content + 2 + numberLength;
        return numberLength is >= 1 and <= 4 && operation < data.Length
            && data[operation] is 0x60 or 0x61 or 0x42 or 0x63 or 0x64 or 0x65 or 0x73 or 0x66 or 0x67 or 0x68 or 0x69 or 0x4A or 0x6B or 0x6C or 0x6D or 0x6E
                or 0x6F or 0x50 or 0x77 or 0x78 or 0x79;
    }

    // RFC 4120 section 5.4: an application tag around a sequence; the version number 5 in its first or second field.
    private static bool IsKerberos(ReadOnlySpan<byte> data)
    {
        if (data.Length < 10 || data[0] is not (>= 0x6A and <= 0x6F or 0x7E) || !BerReader.TryHeader(data, out int content, out _) || content >= data.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> inner = data[content..];
        if (inner[0] != 0x30 || !BerReader.TryHeader(inner, out int fields, out _) || fields + 5 > inner.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> version = inner[fields..];
        return version[0] is 0xA0 or 0xA1 && version[1] == 3 && version[2] == 2 && version[3] == 1 && version[4] == 5;
    }

    private static bool IsSnmp(ReadOnlySpan<byte> data)
    {
        if (!BerReader.TryHeader(data, out int content, out long length) || content + length != data.Length || content + 5 > data.Length)
        {
            return false;
        }

        // Version 0, 1 or 3, then a community or the header of version 3.
        return data[content] == 2 && data[content + 1] == 1 && data[content + 2] is 0 or 1 or 3 && data[content + 3] is 0x04 or 0x30;
    }

    // The type, digits or a short status, and a line end.
    private static bool IsRedis(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("+OK\r\n"u8) || data.StartsWith("+PONG\r\n"u8))
        {
            return data.Length <= 16 || data[^2] == '\r';
        }

        if (data[0] != (byte)'*')
        {
            return false;
        }

        int at = 1;
        while (at < data.Length && at < 6 && char.IsAsciiDigit((char)data[at]))
        {
            at++;
        }

        return at > 1 && at + 3 < data.Length && data[at] == '\r' && data[at + 1] == '\n' && data[at + 2] is (byte)'$' or (byte)':';
    }

    // RFC: MQTT 3.1 to 5, section 3.1.
    private static bool IsMqtt(ReadOnlySpan<byte> data)
    {
        int at = 1;
        while (at < 5 && at < data.Length && (data[at] & 0x80) != 0)
        {
            at++;
        }

        ReadOnlySpan<byte> name = data[Math.Min(at + 1, data.Length)..];
        return name.StartsWith("\0\x04MQTT"u8) || name.StartsWith("\0\x06MQIsdp"u8);
    }

    // TPKT (RFC 1006) around a connection request or confirmation of X.224.
    private static bool IsRdp(ReadOnlySpan<byte> data) =>
        data.Length >= 11 && data[1] == 0 && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) <= 512 && data[5] is 0xE0 or 0xD0 && data[4] == BinaryPrimitives.ReadUInt16BigEndian(data[2..]) - 5;

    private static bool IsTds(ReadOnlySpan<byte> data) =>
        data.Length >= 36 && data[0] == 0x12 && data[1] == 1 && BinaryPrimitives.ReadUInt16BigEndian(data[2..]) == data.Length && data[8] == 0 && data[9] == 0;

    private static bool IsTelnet(ReadOnlySpan<byte> data) => data[1] is >= 0xFB and <= 0xFE && data[2] <= 40 && (data.Length < 6 || data[3] == 0xFF || data[3] < 0x80);

    // The greeting of protocol 10: length, number 0, version text; or a capability packet of a client that goes on to TLS.
    private static bool IsMysql(ReadOnlySpan<byte> data) =>
        data.Length >= 30 && data[3] == 0 && data[4] == 10 && (data[0] | (data[1] << 8) | (data[2] << 16)) == data.Length - 4 && char.IsAsciiDigit((char)data[5]);

    // Transaction, protocol 0, length of what follows, unit, function: only on its port, for the fields say little.
    private static bool IsModbus(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort) =>
        (sourcePort == 502 || destinationPort == 502) && data.Length >= 8 && data[2] == 0 && data[3] == 0 && BinaryPrimitives.ReadUInt16BigEndian(data[4..]) is >= 2 and <= 260;

    private static bool IsSocks(ReadOnlySpan<byte> data, ushort destinationPort) =>
        destinationPort == 1080 && data[0] == 5 && data[1] is >= 1 and <= 16 && data.Length == 2 + data[1];

    private static bool IsNtpControl(ReadOnlySpan<byte> data) => (data[0] & 7) is 6 or 7 && ((data[0] >> 3) & 7) is >= 1 and <= 4;

    // RFC 5424 section 6.2.1.
    private static bool IsSyslog(ReadOnlySpan<byte> data)
    {
        int end = data[..Math.Min(5, data.Length)].IndexOf((byte)'>');
        return end is >= 2 and <= 4 && !data[1..end].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    // METHOD target VERSION, on the first line.
    private static bool IsRequestOf(ReadOnlySpan<byte> data, ReadOnlySpan<byte> version)
    {
        int line = data[..Math.Min(data.Length, 512)].IndexOf((byte)'\r');
        return line > version.Length && data[..line].EndsWith(version) && data[line - version.Length - 1] == ' ';
    }
}
