using System.Globalization;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Files;

/// <summary>
/// A series of files with the names that editcap gives them: number and local time of the first packet before the ending,
/// <c>name_00000_20200610092103.pcap</c>.
/// </summary>
/// <param name="path">The name without number.</param>
/// <param name="kind">What ends a file.</param>
/// <param name="limit">After how many packets, bytes or nanoseconds.</param>
public sealed class NumberedSplit(string path, NumberedSplitKind kind, long limit) : IFileSplit
{
    private const long SecondNs = 1_000_000_000;

    private int _number;
    private long? _startNs;

    /// <inheritdoc/>
    public bool IsOver => false;

    /// <inheritdoc/>
    public bool Begins(in OutputPacket packet, CaptureWriter current)
    {
        ArgumentNullException.ThrowIfNull(current);
        switch (kind)
        {
            case NumberedSplitKind.Packets:
                return current.Packets >= limit;
            case NumberedSplitKind.Bytes:
                return current.Length > limit;
            default:
                long now = packet.TimestampNs;
                long start = _startNs ?? now;
                if (now - start < limit)
                {
                    return false;
                }

                _startNs = start + ((now - start) / limit * limit);
                return true;
        }
    }

    /// <inheritdoc/>
    public string NextName(long timestampNs)
    {
        _startNs ??= timestampNs;
        int end = path.Length - Ending(path).Length;
        string time = TimePattern.Local(timestampNs / SecondNs).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{path[..end]}_{_number++:D5}_{time}{path[end..]}");
    }

    /// <summary>The ending of a name, that of a compression and of the form included.</summary>
    internal static string Ending(string path)
    {
        string last = Path.GetExtension(path);
        return last is ".gz" or ".zst" or ".lz4" ? Path.GetExtension(path[..^last.Length]) + last : last;
    }
}
