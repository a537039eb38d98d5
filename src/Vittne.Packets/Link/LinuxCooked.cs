namespace Vittne.Packets.Link;

/// <summary>What Linux gives for the pseudo-device "any": LINUX_SLL and LINUX_SLL2.</summary>
internal static class LinuxCooked
{
    private const int Length = 16;
    private const int Version2Length = 20;
    private const int MacLength = 6;
    private const ushort Novell8023 = 0x0001;
    private const ushort Ieee8022 = 0x0004;

    // Hardware types of the kernel (if_arp.h).
    private const ushort FrameRelayAccess = 770;
    private const ushort IeeePrism = 802;
    private const ushort IeeeRadiotap = 803;
    private const ushort Netlink = 824;

    public static Layer Decode(ref LayerWalk walk) => DecodeFields(ref walk, protocolOffset: 14, hardwareOffset: 2, addressLengthOffset: 5, Length);

    public static Layer DecodeVersion2(ref LayerWalk walk) => DecodeFields(ref walk, protocolOffset: 0, hardwareOffset: 8, addressLengthOffset: 11, Version2Length);

    private static Layer DecodeFields(ref LayerWalk walk, int protocolOffset, int hardwareOffset, int addressLengthOffset, int length)
    {
        walk.Facts?.AddLayer("sll");
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        ushort protocol = walk.UInt16(protocolOffset);
        ushort hardware = walk.UInt16(hardwareOffset);
        if (walk.UInt8(addressLengthOffset) == MacLength)
        {
            walk.Facts?.AddMacs(walk.UInt48(addressLengthOffset + 1), destination: null);
        }

        walk.Skip(length);
        switch (hardware)
        {
            case FrameRelayAccess:
                return Layer.FrameRelay;
            case IeeePrism:
                return Layer.Prism;
            case IeeeRadiotap:
                return Layer.Radiotap;
            case Netlink:
                return Layer.Done;
            default:
                break;
        }

        switch (protocol)
        {
            case Novell8023:
                return Layer.Done;
            case Ieee8022:
                return Layer.Llc;
            default:
                walk.EtherType = protocol;
                return Layer.EtherType;
        }
    }
}
