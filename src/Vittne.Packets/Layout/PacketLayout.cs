using System.Runtime.InteropServices;
using Vittne.Packets.Link;

namespace Vittne.Packets.Layout;

/// <summary>
/// Finds where the headers of single packets lie, through all tunnels: for whoever changes packets. Fragments are not put together, so that
/// only first fragments have a transport header.
/// </summary>
public sealed class PacketLayout
{
    private readonly DecodeContext _context = new(new PacketDecoderOptions(), isQuoted: true);
    private readonly List<HeaderPlace> _places = [];
    private DecodedPacket _packet;

    /// <summary>Makes one; use it again for each packet.</summary>
    public PacketLayout() => _context.Places = _places;

    /// <summary>What the headers of the last packet say.</summary>
    public ref readonly DecodedPacket Packet => ref _packet;

    /// <summary>Reads a packet; the places, outermost first, are valid until the next call.</summary>
    public ReadOnlySpan<HeaderPlace> Read(ReadOnlySpan<byte> data, ushort linkType, uint originalLength)
    {
        LayerWalk walk = Begin(data, (int)Math.Min(originalLength, int.MaxValue));
        PacketDecoder.Walk(ref walk, LinkTypes.Enter(ref walk, linkType));
        return CollectionsMarshal.AsSpan(_places);
    }

    /// <summary>Reads bytes that start with an IP header, such as those that an ICMP error quotes.</summary>
    public ReadOnlySpan<HeaderPlace> ReadIp(ReadOnlySpan<byte> data)
    {
        LayerWalk walk = Begin(data, ushort.MaxValue);
        PacketDecoder.Walk(ref walk, Layer.IpByVersion);
        return CollectionsMarshal.AsSpan(_places);
    }

    private LayerWalk Begin(ReadOnlySpan<byte> data, int length)
    {
        _places.Clear();
        _packet = default;
        _packet.Datagram = -1;
        _packet.Tunnel = -1;
        _context.Begin(0, 0, 0);
        _context.Batch.Anomalies.Clear();
        return new LayerWalk(data, length, ref _packet, _context);
    }
}
