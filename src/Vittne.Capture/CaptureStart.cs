namespace Vittne.Capture;

/// <summary>Whether bytes are the start of a capture.</summary>
public static class CaptureStart
{
    /// <summary>Bytes that have to be looked at.</summary>
    public const int Length = CaptureMagic.Length;

    /// <summary>True for pcap and pcapng.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> start) => CaptureMagic.Recognize(start) is CaptureFormat.Pcap or CaptureFormat.Pcapng;
}
