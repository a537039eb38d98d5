using System.Buffers.Binary;
using Vittne.Capture.Writing;
using Vittne.Packets.Layout;

namespace Vittne.Engine.Filter.Editors;

/// <summary>
/// Takes the innermost packet out of its tunnels. One that has an Ethernet frame of its own keeps that; else it gets the link header of the
/// outer packet, with the type of what follows. Packets without tunnel, and of links without such a header, stay as they are.
/// </summary>
internal sealed class Decapsulation : PacketEditor
{
    private const ushort Ethernet = 1;
    private const ushort Cooked = 113;
    private const ushort Cooked2 = 276;
    private const ushort Raw = 101;
    private const int MacsLength = 12;

    private readonly PacketLayout _layout = new();
    private byte[] _room = new byte[2_048];

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        ReadOnlySpan<HeaderPlace> places = _layout.Read(packet.Data, packet.LinkType, packet.OriginalLength);
        if (FindInner(places) is not ({ } inner, { } outer))
        {
            return true;
        }

        ReadOnlySpan<byte> link = inner.Kind == HeaderKind.Ethernet ? default : LinkHeader(packet);
        if (inner.Kind == HeaderKind.Ethernet ? packet.LinkType != Ethernet : link.IsEmpty && packet.LinkType != Raw)
        {
            return true;
        }

        int cut = outer.End - inner.End;
        ReadOnlySpan<byte> body = packet.Data[inner.Start..inner.End];
        uint missing = packet.OriginalLength > (uint)packet.Data.Length ? packet.OriginalLength - (uint)packet.Data.Length : 0;
        int length = link.Length + body.Length;
        _room = _room.Length < length ? new byte[length * 2] : _room;
        link.CopyTo(_room);
        body.CopyTo(_room.AsSpan(link.Length));
        if (!link.IsEmpty)
        {
            int typeAt = packet.LinkType == Ethernet ? MacsLength : packet.LinkType == Cooked ? 14 : 0;
            BinaryPrimitives.WriteUInt16BigEndian(_room.AsSpan(typeAt), (ushort)(inner.Kind == HeaderKind.Ipv4 ? 0x0800 : 0x86DD));
        }

        packet.Data = _room.AsSpan(0, length);
        packet.OriginalLength = (uint)length + (cut <= 0 ? missing : 0);
        packet.IsEdited = true;
        return true;
    }

    /// <summary>The innermost IP header behind another one, or the Ethernet frame right around it.</summary>
    private static (HeaderPlace? Inner, HeaderPlace? Outer) FindInner(ReadOnlySpan<HeaderPlace> places)
    {
        HeaderPlace? outer = null;
        HeaderPlace? frame = null;
        HeaderPlace? inner = null;
        foreach (HeaderPlace place in places)
        {
            switch (place.Kind)
            {
                case HeaderKind.Ethernet:
                    frame = place;
                    break;
                case HeaderKind.Ipv4 or HeaderKind.Ipv6 when outer is null:
                    outer = place;
                    frame = null;
                    break;
                case HeaderKind.Ipv4 or HeaderKind.Ipv6:
                    inner = frame ?? place;
                    frame = null;
                    break;
                default:
                    break;
            }
        }

        // A frame that holds no IP comes out too.
        return (outer is null ? null : frame ?? inner, outer);
    }

    private static ReadOnlySpan<byte> LinkHeader(in OutputPacket packet)
    {
        int length = packet.LinkType switch
        {
            Ethernet => MacsLength + 2,
            Cooked => 16,
            Cooked2 => 20,
            _ => 0,
        };
        return packet.Data.Length >= length ? packet.Data[..length] : default;
    }
}
