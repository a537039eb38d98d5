using System.Buffers.Binary;

namespace Vittne.TestKit;

/// <summary>Builds a pcap capture (draft-ietf-opsawg-pcap) byte by byte.</summary>
/// <param name="linkType">The link type field, upper bits included.</param>
/// <param name="bigEndian">Byte order of all numbers.</param>
/// <param name="nanoseconds">Unit of the fraction of a second; else microseconds.</param>
public sealed class PcapBuilder(uint linkType = 1, bool bigEndian = false, bool nanoseconds = false)
{
    private const long SecondNs = 1_000_000_000;

    private readonly List<byte> _records = [];

    /// <summary>Magic number in place of the one of the format.</summary>
    public uint? Magic { get; init; }

    /// <summary>Major version.</summary>
    public ushort MajorVersion { get; init; } = 2;

    /// <summary>Minor version.</summary>
    public ushort MinorVersion { get; init; } = 4;

    /// <summary>Snap length.</summary>
    public uint SnapLength { get; init; } = 262_144;

    /// <summary>Appends a packet.</summary>
    /// <param name="timestampNs">Time in nanoseconds since 1970, at most that of 2106.</param>
    /// <param name="data">Captured bytes.</param>
    /// <param name="originalLength">Bytes on the wire; as many as captured when null.</param>
    public PcapBuilder Add(long timestampNs, ReadOnlySpan<byte> data, int? originalLength = null) => AddRaw(
        (uint)(timestampNs / SecondNs),
        (uint)(timestampNs % SecondNs / (nanoseconds ? 1 : 1_000)),
        (uint)data.Length,
        (uint)(originalLength ?? data.Length),
        data);

    /// <summary>Appends a record whose fields may say anything.</summary>
    public PcapBuilder AddRaw(uint seconds, uint fraction, uint firstLength, uint secondLength, ReadOnlySpan<byte> data)
    {
        Number(_records, seconds);
        Number(_records, fraction);
        Number(_records, firstLength);
        Number(_records, secondLength);
        return AddBytes(data);
    }

    /// <summary>Appends bytes as they are.</summary>
    public PcapBuilder AddBytes(ReadOnlySpan<byte> bytes)
    {
        _records.AddRange(bytes);
        return this;
    }

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        var file = new List<byte>();
        Number(file, Magic ?? (nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4));
        Number(file, bigEndian ? ((uint)MajorVersion << 16) | MinorVersion : ((uint)MinorVersion << 16) | MajorVersion);
        Number(file, 0);
        Number(file, 0);
        Number(file, SnapLength);
        Number(file, linkType);
        file.AddRange(_records);
        return [.. file];
    }

    private void Number(List<byte> to, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        to.AddRange(bytes);
    }
}
