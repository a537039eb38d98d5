namespace Vittne.Capture;

/// <summary>The first damage of a capture.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Packet">Number of the packet that is damaged, or that would have come next; counted from 1.</param>
/// <param name="Offset">Offset of the record in the capture, decompressed where it is compressed.</param>
/// <param name="Detail">Numbers that belong to it, as the rest of a sentence.</param>
public sealed record CaptureDamage(CaptureDamageKind Kind, long Packet, long Offset, string Detail)
{
    /// <summary>The kind in words.</summary>
    public string Words => Kind switch
    {
        CaptureDamageKind.CutInHeader => "cut in record header",
        CaptureDamageKind.CutInPacket => "cut in packet",
        CaptureDamageKind.TooLong => "length beyond the limit",
        CaptureDamageKind.LengthMismatch => "block total length mismatch",
        CaptureDamageKind.BadBlock => "bad block",
        CaptureDamageKind.UnknownInterface => "unknown interface id",
        CaptureDamageKind.UnknownVersion => "unknown version",
        CaptureDamageKind.CompressionCut => "compressed data cut",
        CaptureDamageKind.CompressionDamaged => "compressed data damaged",
        _ => "cannot be read",
    };
}
