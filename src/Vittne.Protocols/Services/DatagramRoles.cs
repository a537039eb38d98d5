namespace Vittne.Protocols.Services;

/// <summary>Who asks and who answers, by what a datagram says of itself.</summary>
internal static class DatagramRoles
{
    private const int DnsHeaderLength = 12;
    private const int NtpLength = 48;
    private const int RadiusLength = 20;

    /// <summary>1 when the sender asks, -1 when it answers, 0 when that cannot be told.</summary>
    public static int Of(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort)
    {
        if (data.StartsWith("SIP/2.0 "u8))
        {
            return -1;
        }

        if (sourcePort is 53 or 137 or 5353 or 5355 && sourcePort == destinationPort && data.Length >= DnsHeaderLength)
        {
            // QR bit, RFC 1035 section 4.1.1.
            return data[2] >= 0x80 ? -1 : 1;
        }

        if (sourcePort == 123 && destinationPort == 123 && data.Length >= NtpLength)
        {
            // Modes client and server, RFC 5905 section 7.3.
            return (data[0] & 7) switch
            {
                3 => 1,
                4 => -1,
                _ => 0,
            };
        }

        if (sourcePort is 67 or 68 && destinationPort is 67 or 68 && data.Length > 240)
        {
            // Operation, RFC 2131 section 2.
            return data[0] switch
            {
                1 => 1,
                2 => -1,
                _ => 0,
            };
        }

        if (sourcePort == destinationPort && sourcePort is 1812 or 1813 or 1645 or 1646 && data.Length >= RadiusLength)
        {
            // Codes of RFC 2865 section 3 and RFC 2866.
            return data[0] switch
            {
                1 or 4 => 1,
                2 or 3 or 5 or 11 => -1,
                _ => 0,
            };
        }

        return 0;
    }
}
