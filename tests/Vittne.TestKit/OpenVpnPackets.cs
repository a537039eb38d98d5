namespace Vittne.TestKit;

/// <summary>Builds packets of OpenVPN's control channel by hand.</summary>
public static class OpenVpnPackets
{
    /// <summary>Number that the client gives its session.</summary>
    public const long Client = 0x3834_8577_03D9_6DB3;

    /// <summary>Number that the server gives its session.</summary>
    public const long Server = 0x50D3_1C3A_6964_602F;

    /// <summary>The client's first packet.</summary>
    /// <param name="hmac">Bytes of the HMAC of tls-auth; 0 without.</param>
    /// <param name="session">Number of its session.</param>
    public static byte[] ClientReset(int hmac = 0, long session = Client) => Packet(7, 0, session, 0, null, [], hmac);

    /// <summary>The server's first packet, which acknowledges the client's.</summary>
    /// <param name="hmac">Bytes of the HMAC of tls-auth; 0 without.</param>
    public static byte[] ServerReset(int hmac = 0) => Packet(8, 0, Server, 0, Client, [], hmac);

    /// <summary>A packet with a piece of the TLS stream.</summary>
    /// <param name="isClient">Who sends it.</param>
    /// <param name="number">Number of the message.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="hmac">Bytes of the HMAC of tls-auth; 0 without.</param>
    /// <param name="key">Which keys of the session it is about.</param>
    /// <param name="acknowledges">Whether it acknowledges a message as well.</param>
    public static byte[] Control(bool isClient, int number, ReadOnlySpan<byte> piece, int hmac = 0, int key = 0, bool acknowledges = false) =>
        Packet(4, key, isClient ? Client : Server, number, !acknowledges ? null : isClient ? Server : Client, piece, hmac);

    /// <summary>A packet of any kind.</summary>
    public static byte[] Packet(int opcode, int key, long session, int? number, long? acknowledged, ReadOnlySpan<byte> piece, int hmac = 0)
    {
        Bytes packet = new Bytes().U8((opcode << 3) | key).U32(session >> 32).U32(session);
        if (hmac > 0)
        {
            for (int i = 0; i < hmac; i++)
            {
                packet.U8(0x9B ^ (i * 37));
            }

            packet.U32(1).U32(0x5A2B_3C4D);
        }

        packet.U8(acknowledged is null ? 0 : 1);
        if (acknowledged is { } remote)
        {
            packet.U32(0).U32(remote >> 32).U32(remote);
        }

        return (number is { } message ? packet.U32(message) : packet).Raw(piece).ToArray();
    }

    /// <summary>Packets as a TCP stream has them: each behind its length.</summary>
    public static byte[] Framed(params ReadOnlySpan<byte[]> packets)
    {
        var stream = new Bytes();
        foreach (byte[] packet in packets)
        {
            stream.Prefixed(16, new Bytes().Raw(packet));
        }

        return stream.ToArray();
    }
}
