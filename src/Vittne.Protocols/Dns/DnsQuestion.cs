namespace Vittne.Protocols.Dns;

/// <summary>One entry of the question section (RFC 1035 section 4.1.2).</summary>
/// <param name="NameOffset">Where its name starts, for <see cref="DnsMessage.WriteName"/>.</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS as sent; in mDNS the top bit asks for a unicast response (RFC 6762 section 5.4).</param>
public readonly record struct DnsQuestion(int NameOffset, ushort Type, ushort Class)
{
    /// <summary>The class without the bit that mDNS took.</summary>
    public ushort ClassWithoutTopBit => (ushort)(Class & 0x7FFF);

    /// <summary>True when the top bit of the class is set.</summary>
    public bool HasTopBit => Class >= 0x8000;
}
