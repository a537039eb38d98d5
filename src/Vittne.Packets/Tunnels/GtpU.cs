namespace Vittne.Packets.Tunnels;

/// <summary>User plane of the GPRS tunnelling protocol: version 1 (3GPP TS 29.281 section 5.1) and version 0 (GSM 09.60 section 6).</summary>
internal static class GtpU
{
    private const int HeaderLength = 8;
    private const int OptionalLength = 4;
    private const int Version0Length = 20;
    private const int MaxExtensions = 16;
    private const byte UserData = 255;

    // Version 1, protocol type GTP.
    private const byte VersionMask = 0xF0;
    private const byte Version1 = 0x30;
    private const byte Version0 = 0x10;
    private const byte HasOptional = 0x07;
    private const byte HasExtension = 0x04;

    /// <summary>True for user data of version 1 whose length fits and which holds a valid IP header.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> data) =>
        TryReadHeader(data, out int length) && InnerHeader.IsIp(data[length..]) && ((data[2] << 8) | data[3]) + HeaderLength <= data.Length;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (walk.Has(HeaderLength) && (walk.UInt8(0) & VersionMask) == Version1)
        {
            walk.Facts?.AddLayer("gtp");
        }

        if (!TryReadHeader(walk.Rest, out int length))
        {
            return Layer.Done;
        }

        // Each side chooses the endpoint id that it receives with: both directions of a flow have different ones.
        walk.PushTunnel("gtp", walk.UInt32(4), isIdShared: false);
        int announced = walk.UInt16(2) + HeaderLength;
        if (announced >= length && announced <= walk.WireEnd - walk.At)
        {
            walk.Bound(announced);
        }

        walk.Skip(length);
        return Inner(walk);
    }

    public static Layer DecodeVersion0(ref LayerWalk walk)
    {
        if (!walk.Has(Version0Length + 1) || (walk.UInt8(0) & VersionMask) != Version0 || walk.UInt8(1) != UserData)
        {
            return Layer.Done;
        }

        walk.Facts?.AddLayer("gtp");
        walk.PushTunnel("gtp", walk.UInt16(6), isIdShared: false);
        walk.Skip(Version0Length);
        return Inner(walk);
    }

    private static Layer Inner(in LayerWalk walk)
    {
        if (!walk.Has(1))
        {
            return Layer.Done;
        }

        return (walk.UInt8(0) >> 4) switch
        {
            4 => Layer.Ipv4,
            6 => Layer.Ipv6,
            _ => InnerHeader.IsPpp(walk.Rest) ? Layer.Ppp : InnerHeader.IsEthernet(walk.Rest) ? Layer.Ethernet : Layer.Done,
        };
    }

    /// <summary>Length of the header with its extensions; there is at least one byte behind it.</summary>
    private static bool TryReadHeader(ReadOnlySpan<byte> data, out int length)
    {
        length = HeaderLength;
        if (data.Length <= HeaderLength || (data[0] & VersionMask) != Version1 || data[1] != UserData)
        {
            return false;
        }

        if ((data[0] & HasOptional) == 0)
        {
            return true;
        }

        length += OptionalLength;
        if (data.Length <= length)
        {
            return false;
        }

        byte next = (data[0] & HasExtension) != 0 ? data[length - 1] : (byte)0;
        for (int i = 0; next != 0; i++)
        {
            int extension = data[length] * 4;
            if (extension == 0 || i == MaxExtensions || data.Length <= length + extension)
            {
                return false;
            }

            length += extension;
            next = data[length - 1];
        }

        return true;
    }
}
