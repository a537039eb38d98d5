namespace Vittne.Capture.Live;

/// <summary>What packets of an interface begin with, from its hardware type (ARPHRD_ of linux/if_arp.h).</summary>
internal static class LinkLayer
{
    /// <summary>LINKTYPE_ETHERNET.</summary>
    public const ushort Ethernet = 1;

    /// <summary>LINKTYPE_LINUX_SLL2.</summary>
    public const ushort Cooked = 276;

    private const ushort Raw = 101;
    private const ushort Wireless = 105;
    private const ushort Prism = 119;
    private const ushort Radiotap = 127;

    /// <summary>The LINKTYPE_ value; <see cref="Cooked"/> where the header is unknown and one is made of what the kernel tells.</summary>
    public static ushort Of(ushort hardware) => hardware switch
    {
        1 or 772 => Ethernet,
        801 => Wireless,
        802 => Prism,
        803 => Radiotap,
        519 or 65534 => Raw,
        _ => Cooked,
    };
}
