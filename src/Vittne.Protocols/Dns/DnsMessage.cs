using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>
/// One DNS message (RFC 1035 section 4; mDNS RFC 6762, LLMNR RFC 4795, EDNS RFC 6891) as a view of its bytes. Reading allocates nothing.
/// <code>
/// | id | QR opcode AA TC RD RA Z AD CD rcode | QDCOUNT | ANCOUNT | NSCOUNT | ARCOUNT |   16 bits each
/// </code>
/// </summary>
public readonly ref struct DnsMessage
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 12;

    /// <summary>Bytes that the text of any name fits into: each of at most 255 octets as <c>\DDD</c>.</summary>
    public const int MaxNameTextLength = 1024;

    private DnsMessage(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The message from its header on.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Number that pairs a response with its query; 0 in mDNS.</summary>
    public ushort Id => Word(0);

    /// <summary>The flag word as sent.</summary>
    public ushort Flags => Word(2);

    /// <summary>QR: true for a response.</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>OPCODE: 0 query, 4 notify, 5 update.</summary>
    public int Opcode => (Flags >> 11) & 0xF;

    /// <summary>AA.</summary>
    public bool IsAuthoritative => (Flags & 0x0400) != 0;

    /// <summary>TC: the sender cut the message.</summary>
    public bool IsTruncated => (Flags & 0x0200) != 0;

    /// <summary>RD.</summary>
    public bool RecursionDesired => (Flags & 0x0100) != 0;

    /// <summary>RA.</summary>
    public bool RecursionAvailable => (Flags & 0x0080) != 0;

    /// <summary>Z, reserved: not 0 in no honest message.</summary>
    public bool HasReservedBit => (Flags & 0x0040) != 0;

    /// <summary>AD (RFC 4035).</summary>
    public bool AuthenticData => (Flags & 0x0020) != 0;

    /// <summary>CD (RFC 4035).</summary>
    public bool CheckingDisabled => (Flags & 0x0010) != 0;

    /// <summary>RCODE of the header: 0 no error, 3 no such name. <see cref="ExtendedResponseCode"/> adds the bits of OPT.</summary>
    public int ResponseCode => Flags & 0xF;

    /// <summary>RCODE with the upper eight bits that an OPT record holds (RFC 6891 section 6.1.3). Walks the message.</summary>
    public int ExtendedResponseCode
    {
        get
        {
            foreach (DnsResource resource in Resources)
            {
                if (resource.Section == DnsSection.Additional && resource.Type == DnsType.Opt)
                {
                    return (int)(resource.TimeToLive >> 24 << 4) | ResponseCode;
                }
            }

            return ResponseCode;
        }
    }

    /// <summary>QDCOUNT as sent.</summary>
    public int QuestionCount => Word(4);

    /// <summary>ANCOUNT as sent.</summary>
    public int AnswerCount => Word(6);

    /// <summary>NSCOUNT as sent.</summary>
    public int AuthorityCount => Word(8);

    /// <summary>ARCOUNT as sent.</summary>
    public int AdditionalCount => Word(10);

    /// <summary>The questions that are whole.</summary>
    public DnsQuestions Questions => new(Bytes, QuestionCount);

    /// <summary>The resource records of all sections that are whole, in order.</summary>
    public DnsResources Resources => new(this);

    /// <summary>Reads a message and checks it to its end.</summary>
    /// <param name="data">The bytes from the header on; bytes behind the last record are ignored.</param>
    /// <param name="message">The message, valid as long as <paramref name="data"/> is.</param>
    /// <param name="anomaly">With false: why there is none. With true: what is damaged; the entries before it are readable.</param>
    public static bool TryParse(ReadOnlySpan<byte> data, out DnsMessage message, out AnomalyKind anomaly)
    {
        if (!TryView(data, out message))
        {
            anomaly = AnomalyKind.DnsShort;
            return false;
        }

        DnsResources resources = message.Resources;
        while (resources.MoveNext())
        {
        }

        anomaly = resources.End switch
        {
            DnsWalkEnd.None => AnomalyKind.None,
            DnsWalkEnd.BadName => AnomalyKind.DnsName,
            _ => AnomalyKind.DnsShort,
        };
        return true;
    }

    /// <summary>Like <see cref="TryParse"/> without the check: for messages that were checked when their record was made.</summary>
    /// <returns>False when there is no whole header.</returns>
    public static bool TryView(ReadOnlySpan<byte> data, out DnsMessage message)
    {
        if (data.Length < HeaderLength)
        {
            message = default;
            return false;
        }

        message = new DnsMessage(data);
        return true;
    }

    /// <summary>
    /// Writes a name as text: case kept, labels joined with dots, no final dot, the root as nothing, bytes outside <c>!</c> to <c>~</c>
    /// and <c>.</c> and <c>\</c> within a label as <c>\DDD</c> (RFC 4343).
    /// </summary>
    /// <param name="offset">Where it starts in the message.</param>
    /// <param name="destination">Where the text goes; <see cref="MaxNameTextLength"/> bytes suffice for any name.</param>
    /// <returns>Bytes written; -1 when the name is damaged or does not fit.</returns>
    public int WriteName(int offset, Span<byte> destination) => DnsName.Write(Bytes, offset, destination, lowerCase: false);

    /// <summary>Like <see cref="WriteName"/> with ASCII letters in lower case, for look-ups.</summary>
    public int WriteLowerName(int offset, Span<byte> destination) => DnsName.Write(Bytes, offset, destination, lowerCase: true);

    internal int CountOf(DnsSection section) => Word(4 + (2 * (int)section));

    private ushort Word(int offset) => Bytes.Length >= HeaderLength ? BinaryPrimitives.ReadUInt16BigEndian(Bytes[offset..]) : (ushort)0;
}
