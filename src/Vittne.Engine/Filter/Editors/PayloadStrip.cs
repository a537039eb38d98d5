using Vittne.Capture.Writing;
using Vittne.Packets;
using Vittne.Packets.Layout;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Cuts packets behind the innermost header that is known; the length on the wire stays. Later fragments keep nothing but their headers.</summary>
internal sealed class PayloadStrip : PacketEditor
{
    private readonly PacketLayout _layout = new();

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        _layout.Read(packet.Data, packet.LinkType, packet.OriginalLength);
        ref readonly DecodedPacket decoded = ref _layout.Packet;
        if ((decoded.Flags & DecodedFlags.HasIp) != 0 && decoded.PayloadOffset > 0 && decoded.PayloadOffset < packet.Data.Length)
        {
            packet.Data = packet.Data[..decoded.PayloadOffset];
            packet.IsEdited = true;
        }

        return true;
    }
}
