using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Protocols.Dns;

namespace Vittne.Protocols.Nbns;

/// <summary>A message as texts and numbers, read once for the fields of its record.</summary>
internal sealed class NbnsView
{
    private const ushort GeneralName = 32;
    private const ushort NodeStatus = 33;
    private const int AddressEntryLength = 6;
    private const int NameEntryLength = 18;
    private const int MaxListed = 1024;

    /// <summary>Reads a record.</summary>
    public NbnsView(NbnsRecord record)
    {
        byte[] data = record.Message;
        if (!DnsMessage.TryView(data, out DnsMessage message) || !NbnsName.TryReadFirst(data, out NbnsName? name, out ushort type))
        {
            Name = new NbnsName("", 0, null);
            return;
        }

        Name = name;
        Type = type;
        Id = message.Id;
        IsResponse = message.IsResponse;
        Opcode = message.Opcode;
        ResponseCode = message.ResponseCode;
        IsBroadcast = (message.Flags & 0x0010) != 0;
        foreach (DnsResource resource in message.Resources)
        {
            if (resource.Type == GeneralName)
            {
                TimeToLive ??= resource.TimeToLive;
                ReadAddresses(resource.Data);
            }
            else if (resource.Type == NodeStatus)
            {
                ReadStatus(resource.Data);
            }
        }
    }

    public NbnsName Name { get; }

    public ushort Type { get; }

    public ushort Id { get; }

    public bool IsResponse { get; }

    public int Opcode { get; }

    public int ResponseCode { get; }

    public bool IsBroadcast { get; }

    public uint? TimeToLive { get; }

    public List<string> Addresses { get; } = [];

    public bool? IsGroup { get; private set; }

    public List<NbnsListedName> Names { get; } = [];

    public string? Mac { get; private set; }

    /// <summary>Word for what is done.</summary>
    public string OpcodeName => Opcode switch
    {
        0 => "query",
        5 => "registration",
        6 => "release",
        7 => "wait",
        8 or 9 => "refresh",
        15 => "multi-homed registration",
        _ => $"opcode {Opcode}",
    };

    /// <summary>The message in one line.</summary>
    public string Summary()
    {
        string addresses = Addresses.Count > 0 ? " -> " + string.Join(", ", Addresses) : "";
        string names = Names.Count > 0 ? " -> " + string.Join(", ", Names.Select(static listed => $"{listed.Name}<{listed.Suffix:x2}>")) : "";
        return $"{OpcodeName}{(IsResponse ? " response" : "")} {Name.Name}<{Name.Suffix:x2}>{addresses}{names}{(Mac is null ? "" : " " + Mac)}";
    }

    // NB_FLAGS and NB_ADDRESS, several of them (RFC 1002 section 4.2.1.3).
    private void ReadAddresses(ReadOnlySpan<byte> data)
    {
        for (; data.Length >= AddressEntryLength && Addresses.Count < MaxListed; data = data[AddressEntryLength..])
        {
            IsGroup ??= (data[0] & 0x80) != 0;
            Addresses.Add(IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data[2..])).ToString());
        }
    }

    // NUM_NAMES, the names, then the statistics, which begin with the hardware address.
    private void ReadStatus(ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data);
        if (!reader.TryReadUInt8(out byte count))
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryTake(NameEntryLength, out ReadOnlySpan<byte> entry))
            {
                return;
            }

            Names.Add(new NbnsListedName(NbnsName.Text(entry[..15]), entry[15], (entry[16] & 0x80) != 0, (entry[16] & 0x04) != 0));
        }

        if (reader.TryTake(6, out ReadOnlySpan<byte> unit) && unit.ContainsAnyExcept((byte)0))
        {
            Mac ??= MacAddress.Text(unit);
        }
    }
}
