using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Protocols.Dhcp;

/// <summary>
/// One DHCP message (RFC 2131 section 2) as a view of its bytes.
/// <code>
/// | op | htype | hlen | hops | xid u32 | secs u16 | flags u16 | ciaddr | yiaddr | siaddr | giaddr | chaddr 16 | sname 64 | file 128 | cookie | options
/// </code>
/// </summary>
public readonly ref struct DhcpMessage
{
    private const int CookieOffset = 236;
    private const int OptionsOffset = 240;
    private const int HardwareOffset = 28;
    private const int MaxHardwareLength = 16;
    private const uint Cookie = 0x6382_5363;
    private const byte Pad = 0;
    private const byte End = 255;

    private readonly ReadOnlySpan<byte> _bytes;

    private DhcpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Number that pairs requests and replies.</summary>
    public uint TransactionId => Word(4);

    /// <summary>1 from a client, 2 from a server.</summary>
    public byte Operation => _bytes[0];

    /// <summary>Hardware address of the client.</summary>
    public ReadOnlySpan<byte> HardwareAddress => _bytes.Slice(HardwareOffset, _bytes[2]);

    /// <summary>Address that the client has: ciaddr.</summary>
    public IpAddress ClientAddress => IpAddress.FromV4(Word(12));

    /// <summary>Address that the client gets: yiaddr.</summary>
    public IpAddress AssignedAddress => IpAddress.FromV4(Word(16));

    /// <summary>Server of the next step of booting: siaddr.</summary>
    public IpAddress NextServer => IpAddress.FromV4(Word(20));

    /// <summary>Relay agent: giaddr.</summary>
    public IpAddress RelayAgent => IpAddress.FromV4(Word(24));

    /// <summary>Reads a message; options may be damaged, those before the damage are readable.</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out DhcpMessage message)
    {
        message = default;
        if (data.Length < OptionsOffset || data[0] is not (1 or 2) || data[2] > MaxHardwareLength
            || BinaryPrimitives.ReadUInt32BigEndian(data[CookieOffset..]) != Cookie)
        {
            return false;
        }

        message = new DhcpMessage(data);
        return true;
    }

    /// <summary>Takes the next option (RFC 2132 section 2) from <paramref name="position"/>, which begins at 0, and moves it on.</summary>
    /// <returns>False at the end, and at an option that passes the end.</returns>
    public bool TryReadOption(ref int position, out byte code, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> options = _bytes[OptionsOffset..];
        code = 0;
        value = default;
        while (position < options.Length && options[position] == Pad)
        {
            position++;
        }

        if (position >= options.Length - 1 || options[position] == End || options.Length - position - 2 < options[position + 1])
        {
            return false;
        }

        code = options[position];
        value = options.Slice(position + 2, options[position + 1]);
        position += 2 + value.Length;
        return true;
    }

    private uint Word(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes[offset..]);
}
