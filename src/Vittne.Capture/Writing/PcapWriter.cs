using System.Buffers.Binary;

namespace Vittne.Capture.Writing;

/// <summary>Writes a pcap file of version 2.4 (draft-ietf-opsawg-pcap), always little endian.</summary>
public sealed class PcapWriter : CaptureWriter
{
    private const int HeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private const int MicrosecondNs = 1_000;

    private readonly bool _isNanosecond;

    /// <summary>Begins the file.</summary>
    /// <param name="output">Where it goes; owned by the writer.</param>
    /// <param name="header">What its header says.</param>
    public PcapWriter(CaptureOutput output, in PcapHeader header)
        : base(output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _isNanosecond = header.IsNanosecond;
        Span<byte> start = output.Take(HeaderLength);
        start.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(start, _isNanosecond ? CaptureMagic.PcapNanoseconds : CaptureMagic.PcapMicroseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(start[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(start[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(start[16..], header.SnapLength);
        BinaryPrimitives.WriteUInt32LittleEndian(start[20..], header.LinkType | header.LinkTypeExtension);
    }

    /// <inheritdoc/>
    public override void Write(in OutputPacket packet)
    {
        Span<byte> record = Output.Take(RecordHeaderLength + packet.Data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)packet.Seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(_isNanosecond ? packet.FractionNs : packet.FractionNs / MicrosecondNs));
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], (uint)packet.Data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], packet.OriginalLength);
        packet.Data.CopyTo(record[RecordHeaderLength..]);
        Packets++;
    }

    /// <summary>Appends whole records that are already as this file wants them: plain ones with the same unit of time.</summary>
    /// <param name="records">Headers and packets.</param>
    /// <param name="count">How many they are.</param>
    public void WriteRecords(ReadOnlySpan<byte> records, int count)
    {
        Output.Write(records);
        Packets += count;
    }
}
