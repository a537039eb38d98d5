namespace Vittne.Engine.Info.Deep;

/// <summary>Makers of network cards that are met often, by the first three bytes of a hardware address; virtual ones first.</summary>
internal static class MacVendors
{
    private const ulong LocallyAdministered = 0x02_00_00_00_00_00;

    private static readonly Dictionary<uint, string> Known = new()
    {
        [0x000569] = "VMware",
        [0x000C29] = "VMware",
        [0x001C14] = "VMware",
        [0x005056] = "VMware",
        [0x080027] = "VirtualBox",
        [0x525400] = "QEMU",
        [0x00155D] = "Microsoft Hyper-V",
        [0x00163E] = "Xen",
        [0x001C42] = "Parallels",
        [0x00000C] = "Cisco",
        [0x000142] = "Cisco",
        [0x0007EB] = "Cisco",
        [0x000AF7] = "Broadcom",
        [0x001018] = "Broadcom",
        [0x001B21] = "Intel",
        [0x00A0C9] = "Intel",
        [0x001517] = "Intel",
        [0x000F4B] = "Oracle",
        [0x080020] = "Sun",
        [0x080069] = "Silicon Graphics",
        [0x08005A] = "IBM",
        [0x00E0FC] = "Huawei",
        [0x001882] = "Huawei",
        [0x000585] = "Juniper",
        [0x0010DB] = "Juniper",
        [0x001B17] = "Palo Alto Networks",
        [0x00090F] = "Fortinet",
        [0x00000E] = "Fujitsu",
        [0x000393] = "Apple",
        [0x000A27] = "Apple",
        [0x001451] = "Apple",
        [0x001CB3] = "Apple",
        [0xB827EB] = "Raspberry Pi",
        [0xDCA632] = "Raspberry Pi",
        [0xE45F01] = "Raspberry Pi",
        [0x00E04C] = "Realtek",
        [0x000D3A] = "Microsoft",
        [0x001DD8] = "Microsoft",
        [0x001422] = "Dell",
        [0x00065B] = "Dell",
        [0x001185] = "Hewlett-Packard",
        [0x0001E6] = "Hewlett-Packard",
        [0x0000AA] = "Xerox",
        [0x00000F] = "NeXT",
        [0x00005E] = "IANA (VRRP or reserved)",
        [0x00001B] = "Novell",
        [0x0080C8] = "D-Link",
        [0x00146C] = "Netgear",
        [0x000C42] = "MikroTik",
        [0x4C5E0C] = "MikroTik",
        [0x24A43C] = "Ubiquiti",
        [0x0418D6] = "Ubiquiti",
        [0x001132] = "Synology",
        [0x01005E] = "IPv4 multicast",
        [0x333300] = "IPv6 multicast",
    };

    /// <summary>The maker, <c>locally administered</c> for addresses that nobody assigned, or null.</summary>
    public static string? Find(ulong mac) =>
        Known.TryGetValue((uint)(mac >> 24), out string? name) ? name : (mac & LocallyAdministered) != 0 ? "locally administered" : null;
}
