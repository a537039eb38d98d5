using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Dhcp;

/// <summary>A message as texts and numbers, read once for the fields of its record. Option numbers are those of RFC 2132.</summary>
internal sealed class DhcpView
{
    private readonly Dictionary<byte, byte[]> _options = [];

    /// <summary>Reads a record.</summary>
    public DhcpView(DhcpRecord record)
    {
        if (!DhcpMessage.TryParse(record.Message, out DhcpMessage message))
        {
            return;
        }

        TransactionId = message.TransactionId;
        IsReply = message.Operation == 2;
        ClientMac = message.HardwareAddress.IsEmpty ? null : MacAddress.Text(message.HardwareAddress);
        ClientAddress = TextOf(message.ClientAddress);
        AssignedAddress = TextOf(message.AssignedAddress);
        NextServer = TextOf(message.NextServer);
        RelayAgent = TextOf(message.RelayAgent);
        int position = 0;
        while (message.TryReadOption(ref position, out byte code, out ReadOnlySpan<byte> value))
        {
            // An option that is split over several is one (RFC 3396).
            _options[code] = _options.TryGetValue(code, out byte[]? before) ? [.. before, .. value] : value.ToArray();
        }
    }

    public uint TransactionId { get; }

    public bool IsReply { get; }

    public string? ClientMac { get; }

    public string? ClientAddress { get; }

    public string? AssignedAddress { get; }

    public string? NextServer { get; }

    public string? RelayAgent { get; }

    /// <summary>Option 53; a message without it is one of BOOTP.</summary>
    public string MessageType => _options.GetValueOrDefault((byte)53) is not [byte type] ? "bootp" : type switch
    {
        1 => "discover",
        2 => "offer",
        3 => "request",
        4 => "decline",
        5 => "ack",
        6 => "nak",
        7 => "release",
        8 => "inform",
        9 => "forcerenew",
        10 => "leasequery",
        11 => "leaseunassigned",
        12 => "leaseunknown",
        13 => "leaseactive",
        _ => $"type {type}",
    };

    /// <summary>Option 81 (RFC 4702 section 2): flags, two unused bytes, and the name as text or, with flag E, as labels.</summary>
    public string? DomainName
    {
        get
        {
            if (_options.GetValueOrDefault((byte)81) is not { Length: > 3 } value)
            {
                return null;
            }

            ReadOnlySpan<byte> name = value.AsSpan(3);
            if ((value[0] & 4) == 0)
            {
                return WireText.Of(name.TrimEnd((byte)0));
            }

            var labels = new List<string>();
            var reader = new WireReader(name);
            while (reader.TryReadUInt8(out byte length) && length > 0 && reader.TryTake(length, out ReadOnlySpan<byte> label))
            {
                labels.Add(WireText.Of(label));
            }

            return string.Join('.', labels);
        }
    }

    /// <summary>An option as text; null when it is not there.</summary>
    public string? Text(byte code) => _options.TryGetValue(code, out byte[]? value) ? WireText.Of(value.AsSpan().TrimEnd((byte)0)) : null;

    /// <summary>An option in hex.</summary>
    public string? Hex(byte code) => _options.TryGetValue(code, out byte[]? value) ? Convert.ToHexStringLower(value) : null;

    /// <summary>An option that holds one address.</summary>
    public string? Address(byte code) => Addresses(code) is [string address, ..] ? address : null;

    /// <summary>An option that holds addresses.</summary>
    public IReadOnlyList<string>? Addresses(byte code)
    {
        if (!_options.TryGetValue(code, out byte[]? value))
        {
            return null;
        }

        var addresses = new List<string>();
        for (int i = 0; i + 4 <= value.Length; i += 4)
        {
            addresses.Add(IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(i))).ToString());
        }

        return addresses;
    }

    /// <summary>An option that holds a number of four bytes.</summary>
    public long? Number(byte code) => _options.GetValueOrDefault(code) is { Length: 4 } value ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    /// <summary>An option that holds a list of numbers of one byte.</summary>
    public IReadOnlyList<long>? Numbers(byte code) => _options.TryGetValue(code, out byte[]? value) ? [.. value.Select(static number => (long)number)] : null;

    /// <summary>The message in one line.</summary>
    public string Summary()
    {
        string[] parts =
        [
            MessageType,
            $"xid {TransactionId:x8}",
            ClientMac ?? "",
            Text(12) is { } name ? $"host {name}" : "",
            AssignedAddress is { } assigned ? $"assigned {assigned}" : Address(50) is { } requested ? $"requested {requested}" : "",
            Address(54) is { } server ? $"server {server}" : "",
        ];
        return string.Join(' ', parts.Where(static part => part.Length > 0));
    }

    private static string? TextOf(in IpAddress address) => address == IpAddress.FromV4(0) ? null : address.ToString();
}
