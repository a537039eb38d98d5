using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>A packet on its way into a capture file. Its bytes and times may be changed before it is written.</summary>
public ref struct OutputPacket
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>Seconds since 1970.</summary>
    public long Seconds { get; set; }

    /// <summary>
    /// Nanoseconds beyond <see cref="Seconds"/>. A pcap file may hold a second or more here; it is then written as it is.
    /// </summary>
    public long FractionNs { get; set; }

    /// <summary>Bytes that the packet had on the wire.</summary>
    public uint OriginalLength { get; set; }

    /// <summary>LINKTYPE_ value.</summary>
    public ushort LinkType { get; set; }

    /// <summary>The section that the packet comes from; its interfaces are described there.</summary>
    public CaptureSection? Section { get; set; }

    /// <summary>Index of its interface in <see cref="Section"/>.</summary>
    public ushort Interface { get; set; }

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Data { get; set; }

    /// <summary>Options of its pcapng block, in the byte order of <see cref="Section"/>.</summary>
    public ReadOnlySpan<byte> Options { get; set; }

    /// <summary>Whether the bytes or lengths are no longer those that were recorded.</summary>
    public bool IsEdited { get; set; }

    /// <summary>Time in nanoseconds since 1970.</summary>
    public long TimestampNs
    {
        readonly get => (Seconds * SecondNs) + FractionNs;
        set
        {
            (long seconds, long rest) = Math.DivRem(value, SecondNs);
            Seconds = rest < 0 ? seconds - 1 : seconds;
            FractionNs = rest < 0 ? rest + SecondNs : rest;
        }
    }

    /// <summary>
    /// A packet of a batch. Of pcap read with <see cref="CaptureReaderOptions.Verbatim"/> the times and lengths are those of its record,
    /// whatever they are.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="index">Its place there.</param>
    /// <param name="fractionNs">Nanoseconds of one unit of the fraction in record headers: 1 or 1,000.</param>
    public static OutputPacket Of(PacketBatch batch, int index, int fractionNs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ref readonly PacketRef packet = ref batch.Packets[index];
        var written = new OutputPacket
        {
            LinkType = packet.LinkType,
            Section = batch.Section,
            Interface = packet.Interface,
            Data = batch.Bytes(index),
            Options = batch.Options(index),
            OriginalLength = (uint)packet.OriginalLength,
        };
        if (batch.RecordHeaderLength == 0)
        {
            written.TimestampNs = packet.TimestampNs;
            return written;
        }

        ReadOnlySpan<byte> header = batch.RecordHeader(index);
        bool isBigEndian = batch.Section!.IsBigEndian;
        written.Seconds = Wire.UInt32(header, 0, isBigEndian);
        written.FractionNs = (long)Wire.UInt32(header, 4, isBigEndian) * fractionNs;
        if (packet.OriginalLength == int.MaxValue)
        {
            // Longer than any packet: the greater of both lengths, whichever comes first.
            written.OriginalLength = Math.Max(Wire.UInt32(header, 8, isBigEndian), Wire.UInt32(header, 12, isBigEndian));
        }

        return written;
    }
}
