namespace Vittne.Packets.Link;

/// <summary>Where the walk of a packet begins, by the LINKTYPE_ value of its interface.</summary>
internal static class LinkTypes
{
    private const ushort Pktap = 258;

    /// <summary>Steps over headers that only the link type tells of, and names the first layer.</summary>
    public static Layer Enter(ref LayerWalk walk, ushort linkType)
    {
        Layer layer = EnterInner(ref walk, linkType, out bool isKnown);
        if (isKnown || IsRaw(linkType))
        {
            return layer;
        }

        if (walk.Context.Options.AssumedLinkType is ushort assumed)
        {
            layer = EnterInner(ref walk, assumed, out isKnown);
        }

        return isKnown ? layer : walk.Stop(AnomalyKind.LinkUnknown);
    }

    /// <summary>The same for a link type that a header names; unknown ones end the walk.</summary>
    public static Layer EnterInner(ref LayerWalk walk, ushort linkType) =>
        linkType == Pktap ? Layer.Done : EnterInner(ref walk, linkType, out _);

    private static Layer EnterInner(ref LayerWalk walk, ushort linkType, out bool isKnown)
    {
        isKnown = true;
        switch (linkType)
        {
            case 1:
                return Layer.Ethernet;
            case 0:
                return HostHeaders.DecodeNull(ref walk);
            case 6:
                return LanHeaders.DecodeTokenRing(ref walk);
            case 8:
                return LanHeaders.DecodeSlip(ref walk);
            case 9:
                return Layer.Ppp;
            case 10:
                return LanHeaders.DecodeFddi(ref walk);
            case 12 or 14 or 101:
                return Layer.IpByVersion;
            case 50:
                return CiscoHdlc.IsAddress(walk.Rest) ? Layer.CiscoHdlc : Layer.Ppp;
            case 51:
                return Layer.Pppoe;
            case 100:
                walk.IsAtm = true;
                return Layer.Llc;
            case 104:
                return Layer.CiscoHdlc;
            case 105:
                return Layer.Ieee80211;
            case 106:
                walk.IsAtm = true;
                return walk.Has(4) && walk.UInt32(0) >> 8 == 0xAAAA03 ? Layer.Llc : Layer.IpByVersion;
            case 107:
                return Layer.FrameRelay;
            case 108:
                return HostHeaders.DecodeLoop(ref walk);
            case 113:
                return LinuxCooked.Decode(ref walk);
            case 117:
                return HostHeaders.DecodePflog(ref walk);
            case 119:
                return Layer.Prism;
            case 122:
                walk.Facts?.AddLayer("ipfc");
                return LanHeaders.SkipTo(ref walk, 16, Layer.Llc);
            case 123:
                return LanHeaders.DecodeSunAtm(ref walk);
            case 127:
                return Layer.Radiotap;
            case 129:
                return LanHeaders.DecodeArcnet(ref walk);
            case (>= 130 and <= 137) or 164 or (>= 178 and <= 181) or 194 or 200 or 222:
                return Juniper.Decode(ref walk, linkType);
            case 138:
                walk.Facts?.AddLayer("ap1394");
                return LanHeaders.DecodeTypeAt(ref walk, typeOffset: 16, length: 18);
            case 163:
                return Layer.Avs;
            case 166:
                return LanHeaders.SkipTo(ref walk, 2, Layer.Ppp);
            case 182:
                return Layer.MultilinkFrameRelay;
            case 192:
                return Layer.Ppi;
            case 204:
                return LanHeaders.SkipTo(ref walk, 1, Layer.Ppp);
            case 205:
                return LanHeaders.SkipTo(ref walk, 1, Layer.CiscoHdlc);
            case 206:
                return LanHeaders.SkipTo(ref walk, 1, Layer.FrameRelay);
            case 226:
                return HostHeaders.DecodeIpNet(ref walk);
            case 228:
                return Layer.Ipv4;
            case 229:
                return Layer.Ipv6;
            case 239:
                return HostHeaders.DecodeNflog(ref walk);
            case 242:
                walk.Facts?.AddLayer("ipoib");
                return LanHeaders.DecodeTypeAt(ref walk, typeOffset: 40, length: 44);
            case Pktap:
                return HostHeaders.DecodePktap(ref walk);
            case 276:
                return LinuxCooked.DecodeVersion2(ref walk);
            case 281:
                return SwitchTags.DecodeBehindAddresses(ref walk, tagLength: 4);
            case 282:
                walk.Facts?.AddLayer("brcm-tag");
                return LanHeaders.SkipTo(ref walk, 4, Layer.Ethernet);
            case 284:
                return SwitchTags.DecodeBehindAddresses(ref walk, tagLength: 4);
            case 285:
                return SwitchTags.DecodeBehindAddresses(ref walk, tagLength: 8);
            default:
                isKnown = false;
                return Layer.Done;
        }
    }

    /// <summary>Link types that hold no network layer, or none that is decoded: their packets are counted without complaint.</summary>
    private static bool IsRaw(ushort linkType) =>
        linkType is 140 or 141 or 143 or 147 or 149 or 160 or 165 or 186 or 187 or 189 or 195 or 201 or 202 or 215 or 220 or 227 or 230 or 231 or 235
            or 249 or 251 or 253 or 254 or 271 or 272 or 283;
}
