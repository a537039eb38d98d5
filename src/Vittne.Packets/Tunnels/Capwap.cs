using Vittne.Packets.Link;

namespace Vittne.Packets.Tunnels;

/// <summary>Data channel of CAPWAP, RFC 5415 section 4.3, without DTLS.</summary>
internal static class Capwap
{
    private const uint WirelessBinding = 1;
    private const uint IsNative = 0x100;
    private const uint IsFragment = 0x80;
    private const uint IsKeepAlive = 0x08;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (!walk.Has(8) || walk.UInt8(0) != 0)
        {
            return Layer.Done;
        }

        uint head = walk.UInt32(0);
        int length = (int)((head >> 19) & 0x1F) * 4;
        if (length < 8 || !walk.Has(length + 2) || (head & (IsFragment | IsKeepAlive)) != 0)
        {
            return Layer.Done;
        }

        walk.Facts?.AddLayer("capwap");
        walk.PushTunnel("capwap");
        walk.Skip(length);
        if ((head & IsNative) == 0)
        {
            return Layer.Ethernet;
        }

        if (((head >> 9) & 0x1F) != WirelessBinding)
        {
            return Layer.Done;
        }

        return !Ieee80211.IsData(walk.UInt8(0)) && Ieee80211.IsData(walk.UInt8(1)) ? Ieee80211.DecodeSwapped(ref walk) : Layer.Ieee80211;
    }
}
