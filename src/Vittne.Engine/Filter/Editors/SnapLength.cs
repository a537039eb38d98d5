using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Cuts packets behind so many bytes.</summary>
/// <param name="length">Bytes that are kept.</param>
/// <param name="adjustsLength">Whether the length on the wire is lowered too.</param>
internal sealed class SnapLength(int length, bool adjustsLength) : PacketEditor
{
    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        if (packet.Data.Length > length)
        {
            packet.Data = packet.Data[..length];
            packet.IsEdited = true;
        }

        if (adjustsLength && packet.OriginalLength > (uint)length)
        {
            packet.OriginalLength = (uint)length;
        }

        return true;
    }
}
