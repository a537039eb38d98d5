using System.Text;
using Vittne.Protocols.Quic;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Quic;

/// <summary>Builds protected Initial packets as a client or server sends them (RFC 9000 section 17.2.2).</summary>
internal static class QuicDatagrams
{
    public const string ConnectionId = "8394c8f03e515708";

    public static InitialKeys Keys(uint version = 1, string connectionId = ConnectionId)
    {
        Assert.True(QuicVersion.TryFind(version, out QuicVersion found));
        return new InitialKeys(found, Convert.FromHexString(connectionId));
    }

    /// <summary>A CRYPTO frame with a part of a message.</summary>
    public static Bytes Crypto(int offset, ReadOnlySpan<byte> data, int type = 6) => new Bytes().U8(type).U16(0x4000 | offset).U16(0x4000 | data.Length).Raw(data);

    /// <summary>An Initial packet; filled up with padding so that header protection has its sample.</summary>
    public static byte[] Initial(
        PacketProtection protection, Bytes frames, int number = 0, uint version = 1, string destination = ConnectionId, string source = "", int padding = 40)
    {
        Bytes payload = new Bytes().Raw(frames).Repeat(0, padding);
        int type = version == 0x6B3343CF ? 1 : 0;
        Bytes header = new Bytes().U8(0xC1 | (type << 4)).U32(version).Prefixed(8, new Bytes().Hex(destination)).Prefixed(8, new Bytes().Hex(source))
            .U8(0).U16(0x4000 | (2 + payload.Length + 16)).U16(number);
        return protection.Seal(header, 2, payload);
    }

    /// <summary>A Handshake packet of version 1.</summary>
    public static byte[] Handshake(PacketProtection protection, Bytes frames, int number = 0)
    {
        Bytes header = new Bytes().U8(0xE1).U32(1).Prefixed(8, new Bytes().Hex("aa")).Prefixed(8, new Bytes().Hex("0102"))
            .U16(0x4000 | (2 + frames.Length + 16)).U16(number);
        return protection.Seal(header, 2, frames);
    }

    /// <summary>A hello of Google's QUIC.</summary>
    public static Bytes GoogleHello(string name, string userAgent) => new Bytes().Text("CHLO").U8(2).U8(0).U16(0)
        .Text("SNI\0").U8(name.Length).U24(0).Text("UAID").U8(name.Length + userAgent.Length).U24(0)
        .Raw(Encoding.ASCII.GetBytes(name)).Raw(Encoding.ASCII.GetBytes(userAgent));
}
