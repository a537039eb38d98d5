using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Moves packets whose time is before that of the one before them behind it.</summary>
/// <param name="deltaNs">Nanoseconds between the two.</param>
internal sealed class TimeOrder(long deltaNs) : PacketEditor
{
    private long _lastNs = long.MinValue;

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        long now = packet.TimestampNs;
        if (now < _lastNs)
        {
            now = _lastNs + deltaNs;
            packet.TimestampNs = now;
        }

        _lastNs = now;
        return true;
    }
}
