using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Vittne.Packets;

namespace Vittne.Protocols.Dns;

/// <summary>A message as texts and numbers, read once for the fields of its record.</summary>
internal sealed class DnsView
{
    // More records than this are counted in the header, not listed.
    private const int MaxListed = 1024;
    private const int ClientSubnetOption = 8;

    private readonly bool _isMulticast;

    /// <summary>Reads a record.</summary>
    public DnsView(DnsRecord record)
    {
        Record = record;
        _isMulticast = record.Variant == DnsVariant.Mdns;
        if (!DnsMessage.TryParse(record.Message, out DnsMessage message, out AnomalyKind anomaly))
        {
            return;
        }

        Id = message.Id;
        Flags = message.Flags;
        IsResponse = message.IsResponse;
        Opcode = message.Opcode;
        ResponseCode = message.ExtendedResponseCode;
        IsTruncatedMessage = anomaly != AnomalyKind.None;
        foreach (DnsQuestion question in message.Questions)
        {
            if (Questions.Count == MaxListed)
            {
                break;
            }

            Questions.Add(new DnsQuestionView(
                Name(message, question.NameOffset), question.Type, _isMulticast ? question.ClassWithoutTopBit : question.Class, _isMulticast ? question.HasTopBit : null));
        }

        foreach (DnsResource resource in message.Resources)
        {
            Add(message, resource);
        }
    }

    public DnsRecord Record { get; }

    public ushort Id { get; }

    public ushort Flags { get; }

    public bool IsResponse { get; }

    public int Opcode { get; }

    public int ResponseCode { get; }

    public bool IsTruncatedMessage { get; }

    public List<DnsQuestionView> Questions { get; } = [];

    public List<DnsResourceView> Answers { get; } = [];

    public List<DnsResourceView> Authorities { get; } = [];

    public List<DnsResourceView> Additionals { get; } = [];

    public DnsEdns? Edns { get; private set; }

    /// <summary>The message in one line: what is asked, and what is answered.</summary>
    public string Summary()
    {
        var text = new StringBuilder();
        text.Append(IsResponse ? "response" : "query");
        if (Record.Variant != DnsVariant.Dns)
        {
            text.Append(' ').Append(DnsNames.Of(Record.Variant));
        }

        foreach (DnsQuestionView question in Questions)
        {
            text.Append(' ').Append(DnsNames.OfType(question.Type)).Append(' ').Append(question.Name.Length == 0 ? "." : question.Name);
        }

        if (IsResponse && ResponseCode != 0)
        {
            text.Append(' ').Append(DnsNames.OfResponseCode(ResponseCode));
        }

        const int shown = 8;
        for (int i = 0; i < Math.Min(Answers.Count, shown); i++)
        {
            text.Append(i == 0 ? " -> " : ", ").Append(DnsNames.OfType(Answers[i].Type)).Append(' ').Append(Answers[i].Data);
        }

        if (Answers.Count > shown)
        {
            text.Append(CultureInfo.InvariantCulture, $", {Answers.Count - shown} more");
        }

        return text.ToString();
    }

    private static string Name(DnsMessage message, int offset) => DnsPresentation.Name(message, offset) ?? "";

    private void Add(DnsMessage message, in DnsResource resource)
    {
        if (resource.Type == DnsType.Opt)
        {
            Edns ??= ReadEdns(resource);
            return;
        }

        List<DnsResourceView> list = resource.Section switch
        {
            DnsSection.Answer => Answers,
            DnsSection.Authority => Authorities,
            _ => Additionals,
        };
        if (list.Count < MaxListed)
        {
            list.Add(new DnsResourceView(
                Name(message, resource.NameOffset),
                resource.Type,
                _isMulticast ? (ushort)(resource.Class & 0x7FFF) : resource.Class,
                resource.TimeToLive,
                DnsPresentation.Of(message, resource),
                _isMulticast ? resource.HasTopBit : null));
        }
    }

    private static DnsEdns ReadEdns(in DnsResource resource)
    {
        var options = new List<DnsEdnsOption>();
        string? subnet = null;
        var reader = new WireReader(resource.Data);
        while (options.Count < MaxListed
            && reader.TryReadUInt16(out ushort code) && reader.TryReadUInt16(out ushort length) && reader.TryTake(length, out ReadOnlySpan<byte> data))
        {
            options.Add(new DnsEdnsOption(code, Convert.ToHexStringLower(data)));
            subnet ??= code == ClientSubnetOption ? ReadSubnet(data) : null;
        }

        uint extended = resource.TimeToLive;
        return new DnsEdns(resource.Class, (int)(extended >> 16) & 0xFF, (extended & 0x8000) != 0, options, subnet);
    }

    /// <summary>FAMILY, SOURCE PREFIX-LENGTH, SCOPE PREFIX-LENGTH, ADDRESS cut to the prefix (RFC 7871 section 6).</summary>
    private static string? ReadSubnet(ReadOnlySpan<byte> data)
    {
        if (data.Length < 4)
        {
            return null;
        }

        int width = BinaryPrimitives.ReadUInt16BigEndian(data) switch
        {
            1 => 4,
            2 => 16,
            _ => 0,
        };
        if (width == 0 || data.Length - 4 > width || data[2] > width * 8)
        {
            return null;
        }

        byte[] address = new byte[width];
        data[4..].CopyTo(address);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(address)}/{data[2]}");
    }
}
