using Vittne.Packets.Link;

namespace Vittne.Packets.Tunnels;

/// <summary>Layer two tunnelling: version 2 (RFC 2661 section 3.1) and version 3 (RFC 3931 sections 3.2 and 4.1).</summary>
internal static class L2tp
{
    private const ushort IsControl = 0x8000;
    private const ushort HasLength = 0x4000;
    private const ushort HasSequence = 0x0800;
    private const ushort HasOffset = 0x0200;

    /// <summary>True when the datagram is a data message of version 2 whose PPP frame holds a valid IP header.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> data) => TryReadVersion2(data, out int length, out _, out _) && InnerHeader.IsPpp(data[length..]);

    /// <summary>Datagram on the port of L2TP.</summary>
    public static Layer DecodeUdp(ref LayerWalk walk)
    {
        if (walk.Has(2) && (walk.UInt16(0) & 15) is 2 or 3)
        {
            walk.Facts?.AddLayer("l2tp");
        }

        if (!walk.Has(2) || (walk.UInt16(0) & IsControl) != 0)
        {
            return Layer.Done;
        }

        switch (walk.UInt16(0) & 15)
        {
            case 2:
                if (!TryReadVersion2(walk.Rest, out int length, out int end, out uint id))
                {
                    return Layer.Done;
                }

                walk.PushTunnel("l2tp", id, isIdShared: false);
                if (end != 0)
                {
                    walk.Bound(end);
                }

                walk.Skip(length);
                return Layer.Ppp;
            case 3 when walk.Has(4):
                walk.Skip(4);
                return DecodeV3Data(ref walk);
            default:
                return Layer.Done;
        }
    }

    /// <summary>Session header of version 3. The cookie's length is agreed on in control messages: the one that makes sense is taken.</summary>
    public static Layer DecodeV3Session(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("l2tp");
        return DecodeV3Data(ref walk);
    }

    private static Layer DecodeV3Data(ref LayerWalk walk)
    {
        if (!walk.Has(4))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        uint session = walk.UInt32(0);
        if (session == 0)
        {
            return Layer.Done;
        }

        // Cookie of 0, 4 or 8 bytes, and perhaps the default sublayer of 4.
        for (int offset = 4; offset <= 16 && walk.Has(offset + 1); offset += 4)
        {
            Layer layer = Guess(walk.Rest[offset..]);
            if (layer != Layer.Done)
            {
                walk.PushTunnel("l2tp", session, isIdShared: false);
                walk.Skip(offset);
                return layer;
            }
        }

        return Layer.Done;
    }

    private static Layer Guess(ReadOnlySpan<byte> data)
    {
        if (InnerHeader.IsIp(data))
        {
            return Layer.IpByVersion;
        }

        if (InnerHeader.IsEthernet(data))
        {
            return Layer.Ethernet;
        }

        if (InnerHeader.IsPpp(data))
        {
            return Layer.Ppp;
        }

        return CiscoHdlc.IsAddress(data) && data.Length > 4 && InnerHeader.IsIp(data[4..]) ? Layer.CiscoHdlc : Layer.Done;
    }

    /// <summary>Reads the header of a data message. <paramref name="end"/> is the announced length of the message, 0 for none.</summary>
    private static bool TryReadVersion2(ReadOnlySpan<byte> data, out int length, out int end, out uint id)
    {
        length = 0;
        end = 0;
        id = 0;
        var reader = new WireReader(data);
        if (!reader.TryReadUInt16(out ushort flags) || (flags & IsControl) != 0 || (flags & 15) != 2)
        {
            return false;
        }

        ushort announced = 0;
        ushort offset = 0;
        if (((flags & HasLength) != 0 && !reader.TryReadUInt16(out announced))
            || !reader.TryReadUInt16(out ushort tunnel)
            || !reader.TryReadUInt16(out ushort session)
            || ((flags & HasSequence) != 0 && !reader.TryTake(4, out _))
            || ((flags & HasOffset) != 0 && (!reader.TryReadUInt16(out offset) || !reader.TryTake(offset, out _))))
        {
            return false;
        }

        length = data.Length - reader.Rest.Length;
        end = announced >= length && announced <= data.Length ? announced : 0;
        id = ((uint)tunnel << 16) | session;
        return true;
    }
}
