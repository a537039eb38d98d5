using System.Buffers.Binary;
using System.Text;

namespace Vittne.TestKit;

/// <summary>Builds a pcapng capture (draft-ietf-opsawg-pcapng) byte by byte. It begins with nothing: add a section first.</summary>
/// <param name="bigEndian">Byte order until the next section says otherwise.</param>
public sealed class PcapngBuilder(bool bigEndian = false)
{
    private readonly List<byte> _file = [];
    private bool _bigEndian = bigEndian;

    /// <summary>Bytes so far: the offset of the next block.</summary>
    public int Length => _file.Count;

    /// <summary>Appends a Section Header Block.</summary>
    public PcapngBuilder AddSection(
        bool? bigEndian = null, ushort major = 1, ushort minor = 0, long length = -1, params (ushort Code, byte[] Value)[] options)
    {
        _bigEndian = bigEndian ?? _bigEndian;
        return AddBlock(0x0A0D0D0A, [.. Number(0x1A2B3C4Du), .. Number(major), .. Number(minor), .. Number((ulong)length), .. Options(options)]);
    }

    /// <summary>Appends an Interface Description Block.</summary>
    public PcapngBuilder AddInterface(ushort linkType = 1, uint snapLength = 0, params (ushort Code, byte[] Value)[] options) =>
        AddBlock(1, [.. Number(linkType), .. Number((ushort)0), .. Number(snapLength), .. Options(options)]);

    /// <summary>Appends an Enhanced Packet Block.</summary>
    /// <param name="units">Time in units of the interface.</param>
    /// <param name="data">Captured bytes.</param>
    /// <param name="interfaceIndex">Interface.</param>
    /// <param name="originalLength">Bytes on the wire; as many as captured when null.</param>
    /// <param name="capturedLength">What the block says about the captured bytes, when not the truth.</param>
    /// <param name="options">Options.</param>
    public PcapngBuilder AddPacket(
        ulong units,
        ReadOnlySpan<byte> data,
        uint interfaceIndex = 0,
        int? originalLength = null,
        uint? capturedLength = null,
        params (ushort Code, byte[] Value)[] options) => AddBlock(
        6,
        [
            .. Number(interfaceIndex), .. Number((uint)(units >> 32)), .. Number((uint)units), .. Number(capturedLength ?? (uint)data.Length),
            .. Number((uint)(originalLength ?? data.Length)), .. Padded(data), .. Options(options),
        ]);

    /// <summary>Appends an obsolete Packet Block.</summary>
    public PcapngBuilder AddObsoletePacket(ulong units, ReadOnlySpan<byte> data, ushort interfaceIndex = 0, ushort drops = ushort.MaxValue) =>
        AddBlock(
            2,
            [
                .. Number(interfaceIndex), .. Number(drops), .. Number((uint)(units >> 32)), .. Number((uint)units),
                .. Number((uint)data.Length), .. Number((uint)data.Length), .. Padded(data),
            ]);

    /// <summary>Appends a Simple Packet Block.</summary>
    public PcapngBuilder AddSimplePacket(ReadOnlySpan<byte> data, uint? originalLength = null) =>
        AddBlock(3, [.. Number(originalLength ?? (uint)data.Length), .. Padded(data)]);

    /// <summary>Appends an Interface Statistics Block with the counters isb_ifrecv and isb_ifdrop.</summary>
    public PcapngBuilder AddStatistics(uint interfaceIndex, ulong received, ulong dropped) =>
        AddBlock(5, [.. Number(interfaceIndex), .. Number(0ul), .. Options((4, Number(received)), (5, Number(dropped)))]);

    /// <summary>Appends a Decryption Secrets Block.</summary>
    public PcapngBuilder AddSecrets(uint type, ReadOnlySpan<byte> data) =>
        AddBlock(10, [.. Number(type), .. Number((uint)data.Length), .. Padded(data)]);

    /// <summary>Appends a Name Resolution Block with one IPv4 name.</summary>
    public PcapngBuilder AddName(ReadOnlySpan<byte> address, string name, bool terminated = true) =>
        AddBlock(4, Options((1, [.. address, .. Encoding.UTF8.GetBytes(name), .. terminated ? [(byte)0] : Array.Empty<byte>()])));

    /// <summary>Appends a block of any type; a wrong trailing length can be given.</summary>
    public PcapngBuilder AddBlock(uint type, ReadOnlySpan<byte> body, uint? trailer = null)
    {
        uint length = 12 + (uint)body.Length;
        _file.AddRange(Number(type));
        _file.AddRange(Number(length));
        _file.AddRange(body);
        _file.AddRange(Number(trailer ?? length));
        return this;
    }

    /// <summary>Appends bytes as they are.</summary>
    public PcapngBuilder AddBytes(ReadOnlySpan<byte> bytes)
    {
        _file.AddRange(bytes);
        return this;
    }

    /// <summary>The whole file.</summary>
    public byte[] ToArray() => [.. _file];

    /// <summary>A 64-bit value of an option, in the byte order of the section.</summary>
    public byte[] Number(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return Ordered(bytes);
    }

    /// <summary>A 32-bit value.</summary>
    public byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Ordered(bytes);
    }

    /// <summary>A 16-bit value.</summary>
    public byte[] Number(ushort value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return Ordered(bytes);
    }

    private static byte[] Padded(ReadOnlySpan<byte> data) => [.. data, .. new byte[-data.Length & 3]];

    private byte[] Options(params (ushort Code, byte[] Value)[] options)
    {
        var list = new List<byte>();
        foreach ((ushort code, byte[] value) in options)
        {
            list.AddRange(Number(code));
            list.AddRange(Number((ushort)value.Length));
            list.AddRange(Padded(value));
        }

        if (options.Length > 0)
        {
            list.AddRange(Number(0u));
        }

        return [.. list];
    }

    private byte[] Ordered(byte[] bigEndianBytes)
    {
        if (!_bigEndian)
        {
            Array.Reverse(bigEndianBytes);
        }

        return bigEndianBytes;
    }
}
