namespace Vittne.Capture;

/// <summary>The check sequence that some captures keep behind each frame. It is no part of what upper layers see.</summary>
internal static class FrameCheckSequence
{
    /// <summary>Captured bytes without it. A packet that was cut by the snap length has lost it, or a part of it, already.</summary>
    /// <param name="captured">Captured bytes.</param>
    /// <param name="original">Bytes on the wire, at least <paramref name="captured"/>.</param>
    /// <param name="fcsLength">Bytes of the check sequence; one that is longer than the packet is not there.</param>
    public static int Cut(int captured, uint original, int fcsLength) =>
        fcsLength > captured ? captured : (int)Math.Min(captured, (long)original - fcsLength);
}
