using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>VLAN tags (IEEE 802.1Q) and MPLS labels (RFC 3032) between the link header of a frame and its first IP header.</summary>
internal static class LinkTags
{
    private const ushort EthernetLinkType = 1;
    private const ushort CookedLinkType = 113;
    private const int MaxTags = 16;

    /// <summary>Reads them from the first packet of a flow; null for none.</summary>
    /// <param name="batch">The batch that holds the packet.</param>
    /// <param name="index">Its place there.</param>
    /// <param name="end">Where an IP header begins that they stand before; -1 when that is not known.</param>
    public static (int[]? Vlans, int[]? Labels) Read(DecodedBatch batch, int index, int end)
    {
        int at = batch.Packets.Packets[index].LinkType switch
        {
            EthernetLinkType => 12,
            CookedLinkType => 14,
            _ => -1,
        };
        ReadOnlySpan<byte> data = batch.Packets.Bytes(index);
        data = end >= 0 && end < data.Length ? data[..end] : data;
        if (at < 0)
        {
            return default;
        }

        Span<int> found = stackalloc int[MaxTags];
        int vlans = 0;
        while (vlans < MaxTags && at + 4 <= data.Length && BinaryPrimitives.ReadUInt16BigEndian(data[at..]) is 0x8100 or 0x88A8 or 0x9100 or 0x9200)
        {
            found[vlans++] = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]) & 0xFFF;
            at += 4;
        }

        int[]? ids = vlans == 0 ? null : found[..vlans].ToArray();
        int labels = 0;
        if (at + 2 <= data.Length && BinaryPrimitives.ReadUInt16BigEndian(data[at..]) is 0x8847 or 0x8848)
        {
            at += 2;
            bool isBottom = false;
            while (!isBottom && labels < MaxTags && at + 4 <= data.Length)
            {
                uint entry = BinaryPrimitives.ReadUInt32BigEndian(data[at..]);
                found[labels++] = (int)(entry >> 12);
                isBottom = (entry & 0x100) != 0;
                at += 4;
            }
        }

        return (ids, labels == 0 ? null : found[..labels].ToArray());
    }
}
