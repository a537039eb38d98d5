namespace Vittne.TestKit;

/// <summary>Builds datagrams of the UDP transport of Remote Desktop by hand (MS-RDPEUDP, MS-RDPEUDP2).</summary>
public static class RdpUdpPackets
{
    /// <summary>The client's first datagram, without its padding.</summary>
    /// <param name="initial">Number before that of the first data.</param>
    /// <param name="version">1, 2 or 0x0101.</param>
    /// <param name="isLossy">Whether DTLS follows.</param>
    public static byte[] Syn(long initial, int version, bool isLossy = false) =>
        new Bytes().U32(0xFFFF_FFFF).U16(0x40).U16(0x1801 | (isLossy ? 0x200 : 0)).U32(initial).U16(1232).U16(1232).Repeat(0x5C, 16).Repeat(0, 16)
            .U16(1).U16(version).Repeat(0, 32).ToArray();

    /// <summary>The server's answer.</summary>
    public static byte[] SynAck(long acknowledged, long initial, int version) =>
        new Bytes().U32(acknowledged).U16(0x40).U16(0x1005).U32(initial).U16(1232).U16(1232).U16(1).U16(version).Repeat(0, 20).ToArray();

    /// <summary>Data of versions 1 and 2.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="piece">The data.</param>
    /// <param name="vector">Length of the acknowledgment vector.</param>
    /// <param name="flags">The flags.</param>
    public static byte[] Data(long number, ReadOnlySpan<byte> piece, int vector = 1, int flags = 0x000C)
    {
        Bytes datagram = new Bytes().U32(7).U16(0x400).U16(flags).U16(vector).Repeat(1, vector).Repeat(0xEE, (4 - ((2 + vector) & 3)) & 3);
        return ((flags & 0x100) != 0 ? datagram.U32(5) : datagram).U32(number + 1000).U32(number).Raw(piece).ToArray();
    }

    /// <summary>Data of version 3; parts of no interest are filled.</summary>
    /// <param name="number">Number of the piece in its channel.</param>
    /// <param name="piece">The data.</param>
    /// <param name="flags">Which parts there are.</param>
    public static byte[] Data3(int number, ReadOnlySpan<byte> piece, int flags = 0x114)
    {
        Bytes datagram = new Bytes().U8(0xE0).U8(flags).U8(0xC0 | (flags >> 8));
        if ((flags & 0x001) != 0)
        {
            datagram.Repeat(9, 6).U8(0x23).Repeat(8, 2);
        }

        datagram.Repeat(7, ((flags & 0x040) != 0 ? 1 : 0) + ((flags & 0x100) != 0 ? 3 : 0) + ((flags & 0x010) != 0 ? 2 : 0)).U16(0x6400);
        if ((flags & 0x008) != 0)
        {
            datagram.U16(0x6300).U8(0x82).Repeat(6, 4).Repeat(5, 2);
        }

        byte[] bytes = datagram.U8(number).U8(number >> 8).Raw(piece).ToArray();
        (bytes[0], bytes[7]) = (bytes[7], bytes[0]);
        return bytes;
    }
}
