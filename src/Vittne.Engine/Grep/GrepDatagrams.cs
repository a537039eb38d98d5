using Vittne.Packets;

namespace Vittne.Engine.Grep;

/// <summary>Datagrams put together from fragments; those whose fragments did not match one by one are searched as a whole.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="decoding">How fragments are put together.</param>
internal sealed class GrepDatagrams(GrepOptions options, PacketDecoderOptions decoding)
{
    /// <summary>Datagrams of which it is remembered that a fragment matched; with more all are forgotten, and some are told twice.</summary>
    private const int MaxMatched = 65_536;

    private readonly PacketDecoder _decoder = new(decoding);
    private readonly HashSet<(IpAddress Source, IpAddress Destination, uint Id, byte Protocol)> _matched = [];

    /// <summary>Puts fragments of a batch together; its other packets are not looked at.</summary>
    public void Decode(DecodedBatch batch, ReadOnlySpan<GrepVerdict> verdicts)
    {
        Span<ushort> fragments = stackalloc ushort[batch.Packets.Count];
        int count = 0;
        for (int i = 0; i < fragments.Length; i++)
        {
            if ((verdicts[i] & GrepVerdict.Fragment) != 0)
            {
                fragments[count++] = (ushort)i;
            }
        }

        _decoder.Decode(batch, fragments[..count]);
    }

    /// <summary>Takes a fragment; true when its datagram is whole with it, matches, and none of its fragments did.</summary>
    /// <param name="batch">The decoded batch.</param>
    /// <param name="index">Where the fragment is in it.</param>
    /// <param name="matches">Whether the fragment matches.</param>
    /// <param name="hit">The fragment; becomes the datagram.</param>
    public bool TryComplete(DecodedBatch batch, int index, bool matches, ref GrepHit hit)
    {
        (IpAddress, IpAddress, uint, byte) key = (hit.Source, hit.Destination, hit.FragmentId, hit.Protocol);
        if (matches)
        {
            if (_matched.Count >= MaxMatched)
            {
                _matched.Clear();
            }

            _matched.Add(key);
        }

        ref readonly DecodedPacket packet = ref batch.Decoded[index];
        if ((packet.Flags & DecodedFlags.Reassembled) == 0 || _matched.Remove(key))
        {
            return false;
        }

        ReadOnlySpan<byte> payload = batch.Payload(index);
        ReadOnlySpan<byte> searched = payload[..Math.Min(payload.Length, options.MaxLength)];
        if (searched.IsEmpty || !options.Patterns.IsMatch(searched))
        {
            return false;
        }

        hit.Source = packet.Source;
        hit.Destination = packet.Destination;
        hit.Protocol = packet.Protocol;
        hit.HasPorts = packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp && (packet.Flags & DecodedFlags.HasPorts) != 0;
        hit.SourcePort = packet.SourcePort;
        hit.DestinationPort = packet.DestinationPort;
        hit.TcpFlags = packet.Protocol == IpProtocol.Tcp ? (byte)packet.TcpFlags : (byte)0;
        hit.HasType = packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        hit.Type = (byte)packet.SourcePort;
        hit.Code = (byte)packet.DestinationPort;
        hit.IsFragment = false;
        hit.FragmentOffset = 0;
        hit.IsReassembled = true;
        hit.Payload = searched;
        hit.PayloadLength = payload.Length;
        return true;
    }
}
