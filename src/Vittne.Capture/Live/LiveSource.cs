using System.Runtime.Versioning;

namespace Vittne.Capture.Live;

/// <summary>Opens interfaces to capture from.</summary>
public static class LiveSource
{
    /// <summary>Longest time that a ring of several keeps packets back: one that has none holds up the others for so long.</summary>
    private const int LongestRetireMilliseconds = 10;

    /// <summary>Milliseconds beyond the retire time that a packet may come later than one of another ring that is newer.</summary>
    private const int MergeSlack = 40;

    /// <summary>Begins to capture from an interface, or from all for <see cref="LiveCapture.Any"/>, with as many rings as the options ask for.</summary>
    /// <exception cref="LiveCaptureException">It cannot be captured; the message says why in one line.</exception>
    public static ILiveSource Open(string name, LiveCaptureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Rings > 1 && OperatingSystem.IsLinux() ? OpenRings(name, options) : LiveCapture.Open(name, options);
    }

    [SupportedOSPlatform("linux")]
    private static MergedSource OpenRings(string name, LiveCaptureOptions options)
    {
        int retire = Math.Min(options.RetireMilliseconds, LongestRetireMilliseconds);
        LiveCaptureOptions each = options with { RetireMilliseconds = retire, MaxPackets = long.MaxValue };
        var window = TimeSpan.FromMilliseconds(retire + MergeSlack);
        return new MergedSource(LiveCapture.OpenGroup(name, each), window, options.MaxPackets);
    }
}
