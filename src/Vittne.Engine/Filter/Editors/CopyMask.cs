using Vittne.Capture.Writing;
using Vittne.Packets.Layout;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Blots out header fields in which copies of a packet differ.</summary>
internal sealed class CopyMask(DuplicateFields ignored)
{
    private readonly PacketLayout _layout = new();
    private byte[] _room = new byte[2_048];

    /// <summary>The bytes of a packet without these fields; valid until the next call.</summary>
    public ReadOnlySpan<byte> Apply(scoped in OutputPacket packet)
    {
        ReadOnlySpan<byte> data = packet.Data;
        _room = _room.Length < data.Length ? new byte[data.Length * 2] : _room;
        data.CopyTo(_room);
        Span<byte> room = _room.AsSpan(0, data.Length);
        int removed = 0;
        foreach (HeaderPlace place in _layout.Read(data, packet.LinkType, packet.OriginalLength))
        {
            int start = place.Start - removed;
            Span<byte> header = room[Math.Min(start, room.Length)..];
            switch (place.Kind)
            {
                case HeaderKind.Ethernet when ignored.HasFlag(DuplicateFields.Mac):
                    Clear(header, 0, 12);
                    break;
                case HeaderKind.Vlan when ignored.HasFlag(DuplicateFields.Vlan) && start >= 2 && header.Length >= 4:
                    // The tag begins with the type before it and ends before the type of what follows.
                    room[(start + 2)..].CopyTo(room[(start - 2)..]);
                    room = room[..^4];
                    removed += 4;
                    break;
                case HeaderKind.Ipv4:
                    if (ignored.HasFlag(DuplicateFields.Ttl))
                    {
                        Clear(header, 8, 1);
                    }

                    if ((ignored & (DuplicateFields.Ttl | DuplicateFields.Checksum)) != 0)
                    {
                        Clear(header, 10, 2);
                    }

                    break;
                case HeaderKind.Ipv6 when ignored.HasFlag(DuplicateFields.Ttl):
                    Clear(header, 7, 1);
                    break;
                case HeaderKind.Transport when ignored.HasFlag(DuplicateFields.Checksum):
                    Clear(header, place.Protocol switch { 6 => 16, 17 => 6, 1 or 58 => 2, _ => header.Length }, 2);
                    break;
                default:
                    break;
            }
        }

        return room;
    }

    private static void Clear(Span<byte> header, int at, int length)
    {
        if (header.Length >= at + length)
        {
            header.Slice(at, length).Clear();
        }
    }
}
