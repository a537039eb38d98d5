using System.Text;
using Vittne.Packets.Records;
using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Socks;

namespace Vittne.Trails.Matching;

/// <summary>Compares the names that mail, proxies and address leases speak of with the trails.</summary>
/// <param name="teller">Makes the events.</param>
internal sealed class SessionTrailMatcher(ThreatTeller teller)
{
    private const byte HostNameOption = 12;

    // RFC 4702 section 2: flags, two codes that mean nothing any more, the name.
    private const byte FullNameOption = 81;
    private const int FullNameHeader = 3;
    private const byte FullNameIsEncoded = 4;

    /// <summary>Looks at the name that a mail client gives itself and at the domains it sends to.</summary>
    public void OnRecord(SmtpRecord record, IRecordSink findings)
    {
        if (record is { Command: "HELO" or "EHLO" or "LHLO", Helo: { } helo })
        {
            TellName(record, helo, "smtp.helo", findings);
        }
        else if (record.Command == "RCPT")
        {
            foreach (string recipient in record.RcptTo)
            {
                TellName(record, recipient.AsSpan(recipient.LastIndexOf('@') + 1), "smtp.rcpt", findings);
            }
        }
    }

    /// <summary>Looks at the target of a proxy's client: its name or its address.</summary>
    public void OnRecord(SocksRecord record, IRecordSink findings)
    {
        const string source = "socks.host";
        if (record.Address is { } address || IsAddress(record.Host, out address))
        {
            teller.TellAddress(record, address, source, [], findings);
        }
        else
        {
            TellName(record, record.Host, source, findings);
        }
    }

    /// <summary>Looks at the names that a host gives itself when it asks for an address.</summary>
    public void OnRecord(DhcpRecord record, IRecordSink findings)
    {
        int position = 0;
        if (!DhcpMessage.TryParse(record.Message, out DhcpMessage message))
        {
            return;
        }

        while (message.TryReadOption(ref position, out byte code, out ReadOnlySpan<byte> value))
        {
            ReadOnlySpan<byte> name = code switch
            {
                HostNameOption => value,
                FullNameOption when value.Length > FullNameHeader && (value[0] & FullNameIsEncoded) == 0 => value[FullNameHeader..],
                _ => default,
            };
            if (!name.IsEmpty)
            {
                teller.TellName(record, name.TrimEnd((byte)0), "dhcp.hostname", [], findings);
            }
        }
    }

    private static bool IsAddress(string? text, out Packets.IpAddress address)
    {
        address = default;
        return text is not null && Packets.IpAddress.TryParse(text, out address);
    }

    private void TellName(Record record, ReadOnlySpan<char> name, string source, IRecordSink findings)
    {
        Span<byte> bytes = stackalloc byte[DomainMatcher.MaxNameLength];
        if (name.Length <= bytes.Length && Ascii.IsValid(name) && Encoding.ASCII.TryGetBytes(name, bytes, out int length))
        {
            teller.TellName(record, bytes[..length], source, [], findings);
        }
    }
}
