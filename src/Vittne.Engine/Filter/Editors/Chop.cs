using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Takes bytes out of packets at one place.</summary>
/// <param name="range">Which.</param>
/// <param name="adjustsLength">Whether the length on the wire is lowered too.</param>
internal sealed class Chop(ChopRange range, bool adjustsLength) : PacketEditor
{
    private byte[] _room = [];

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        (int start, int end) = range.Within(packet.Data.Length);
        if (end <= start)
        {
            return true;
        }

        if (start == 0)
        {
            packet.Data = packet.Data[end..];
        }
        else if (end == packet.Data.Length)
        {
            packet.Data = packet.Data[..start];
        }
        else
        {
            int length = packet.Data.Length - (end - start);
            _room = _room.Length < length ? new byte[length] : _room;
            packet.Data[..start].CopyTo(_room);
            packet.Data[end..].CopyTo(_room.AsSpan(start));
            packet.Data = _room.AsSpan(0, length);
        }

        packet.IsEdited = true;
        packet.OriginalLength -= adjustsLength ? Math.Min(packet.OriginalLength, (uint)(end - start)) : 0;
        return true;
    }
}
