using System.Globalization;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Files;

/// <summary>A series of files with the names that tcpdump gives them.</summary>
public sealed class Rotation(RotationOptions options, TimeProvider clock) : IFileSplit
{
    private readonly int _digits = options.Files > 0 && options.Seconds == 0
        ? (options.Files - 1).ToString(CultureInfo.InvariantCulture).Length
        : 0;

    private long _sliceStart;
    private int _inSlice;
    private int _slices;
    private bool _isNewSlice = true;

    /// <inheritdoc/>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public bool Begins(in OutputPacket packet, CaptureWriter current)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (options.Seconds > 0 && Now(packet.Seconds) - _sliceStart >= options.Seconds)
        {
            _isNewSlice = true;
            IsOver = options.Files > 0 && _slices >= options.Files;
            return !IsOver;
        }

        return options.MaxBytes > 0 && current.Length > options.MaxBytes;
    }

    /// <inheritdoc/>
    public string NextName(long timestampNs)
    {
        if (_isNewSlice)
        {
            _isNewSlice = false;
            _sliceStart = Now(timestampNs / 1_000_000_000);
            _inSlice = 0;
            _slices++;
        }

        string name = options.Seconds > 0 ? TimePattern.Format(options.Path, _sliceStart) : options.Path;
        int number = options.Files > 0 && options.Seconds == 0 ? _inSlice % options.Files : _inSlice;
        _inSlice++;
        return number == 0 && _digits == 0 ? name : name + number.ToString($"D{_digits}", CultureInfo.InvariantCulture);
    }

    private long Now(long seconds) => options.IsByClock ? clock.GetUtcNow().ToUnixTimeSeconds() : seconds;
}
