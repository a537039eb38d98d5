using Vittne.Capture.Pcapng;

namespace Vittne.Capture;

/// <summary>How a capture is read.</summary>
public sealed record CaptureReaderOptions
{
    /// <summary>
    /// Bytes of the largest packet of a pcapng capture that is taken; larger ones are skipped and counted. Default 64 MiB.
    /// </summary>
    public int MaxPacketLength { get; init; } = 64 << 20;

    /// <summary>
    /// Collects the decryption secrets of the whole capture before its first packet is read, since they may stand behind the traffic
    /// that they
    /// decrypt. Costs one more walk over a pcapng file; has no effect on input that cannot be read twice.
    /// </summary>
    public bool SecretsFirst { get; init; }

    /// <summary>
    /// Hands packets out as the capture has them, so that they can be written again byte for byte: frame check sequences stay, an original
    /// length below the captured one stays, records of pcap lie whole in the batch (<see cref="PacketBatch.Records"/>), and blocks of pcapng
    /// without a packet are kept (<see cref="PacketBatch.Blocks"/>, <see cref="CaptureInterface.RawOptions"/>).
    /// </summary>
    public bool Verbatim { get; init; }

    /// <summary>
    /// The file still grows: at its end <see cref="CaptureReader.Read"/> gives what is there, and what comes later at later calls. Only files that are
    /// not compressed.
    /// </summary>
    public bool Follows { get; init; }

    /// <summary>
    /// Leaves the frame check sequence that a capture says is there on its packets: for who copies or counts them, not for who decodes.
    /// </summary>
    public bool KeepsFrameCheckSequence { get; init; }
}
