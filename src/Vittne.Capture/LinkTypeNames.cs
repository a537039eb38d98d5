namespace Vittne.Capture;

/// <summary>Names of link types as the registry of draft-ietf-opsawg-pcaplinktype has them, without their prefix.</summary>
public static class LinkTypeNames
{
    // The registry has given out no higher number that has a name here.
    private const int Last = 285;

    /// <summary>The LINKTYPE_ value of a name in any case; null when no type has it.</summary>
    public static ushort? Find(string name)
    {
        for (ushort linkType = 0; linkType <= Last; linkType++)
        {
            if (string.Equals(Of(linkType), name, StringComparison.OrdinalIgnoreCase))
            {
                return linkType;
            }
        }

        return null;
    }

    /// <summary>The name of a LINKTYPE_ value, <c>EN10MB</c> for 1; its number where it has none here.</summary>
    public static string Of(ushort linkType) => linkType switch
    {
        0 => "NULL",
        1 => "EN10MB",
        6 => "IEEE802_5",
        7 => "ARCNET_BSD",
        8 => "SLIP",
        9 => "PPP",
        10 => "FDDI",
        12 or 14 or 101 => "RAW",
        50 => "PPP_HDLC",
        51 => "PPP_ETHER",
        100 => "ATM_RFC1483",
        104 => "C_HDLC",
        105 => "IEEE802_11",
        106 => "ATM_CLIP",
        107 => "FRELAY",
        108 => "LOOP",
        113 => "LINUX_SLL",
        117 => "PFLOG",
        119 => "IEEE802_11_PRISM",
        122 => "IP_OVER_FC",
        123 => "SUNATM",
        127 => "IEEE802_11_RADIOTAP",
        129 => "ARCNET_LINUX",
        130 => "JUNIPER_MLPPP",
        131 => "JUNIPER_MLFR",
        132 => "JUNIPER_ES",
        133 => "JUNIPER_GGSN",
        134 => "JUNIPER_MFR",
        135 => "JUNIPER_ATM2",
        136 => "JUNIPER_SERVICES",
        137 => "JUNIPER_ATM1",
        138 => "APPLE_IP_OVER_IEEE1394",
        139 => "MTP2_WITH_PHDR",
        140 => "MTP2",
        141 => "MTP3",
        142 => "SCCP",
        143 => "DOCSIS",
        144 => "LINUX_IRDA",
        >= 147 and <= 162 => $"USER{linkType - 147}",
        163 => "IEEE802_11_AVS",
        164 => "JUNIPER_MONITOR",
        165 => "BACNET_MS_TP",
        166 => "PPP_PPPD",
        177 => "LINUX_LAPD",
        178 => "JUNIPER_ETHER",
        179 => "JUNIPER_PPP",
        180 => "JUNIPER_FRELAY",
        181 => "JUNIPER_CHDLC",
        182 => "MFR",
        187 => "BLUETOOTH_HCI_H4",
        189 => "USB_LINUX",
        192 => "PPI",
        194 => "JUNIPER_ISM",
        195 => "IEEE802_15_4_WITHFCS",
        197 => "ERF",
        201 => "BLUETOOTH_HCI_H4_WITH_PHDR",
        202 => "AX25_KISS",
        203 => "LAPD",
        204 => "PPP_WITH_DIR",
        205 => "C_HDLC_WITH_DIR",
        206 => "FRELAY_WITH_DIR",
        215 => "IEEE802_15_4_NONASK_PHY",
        220 => "USB_LINUX_MMAPPED",
        224 => "FC_2",
        226 => "IPNET",
        227 => "CAN_SOCKETCAN",
        228 => "IPV4",
        229 => "IPV6",
        230 => "IEEE802_15_4_NOFCS",
        231 => "DBUS",
        235 => "DVB_CI",
        239 => "NFLOG",
        240 => "NETANALYZER",
        242 => "IPOIB",
        243 => "MPEG_2_TS",
        247 => "INFINIBAND",
        248 => "SCTP",
        249 => "USBPCAP",
        251 => "BLUETOOTH_LE_LL",
        253 => "NETLINK",
        254 => "BLUETOOTH_LINUX_MONITOR",
        258 => "PKTAP",
        271 => "VSOCK",
        272 => "NORDIC_BLE",
        276 => "LINUX_SLL2",
        279 => "ETHERNET_MPACKET",
        281 => "DSA_TAG_BRCM",
        282 => "DSA_TAG_BRCM_PREPEND",
        283 => "IEEE802_15_4_TAP",
        284 => "DSA_TAG_DSA",
        285 => "DSA_TAG_EDSA",
        _ => linkType.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
