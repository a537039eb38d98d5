using System.Buffers.Binary;

namespace Vittne.Capture.Live;

/// <summary>
/// Puts in front of a packet what the kernel told beside it: the VLAN tag that it took out, and the header of packets that have none of
/// their own.
/// It is written into the free room before the packet, so the packet itself is not moved.
/// </summary>
internal static class FrameHeaders
{
    /// <summary>Bytes that the kernel is asked to leave free in front of each packet, beside its own padding.</summary>
    public const int Reserve = CookedLength + TagLength;

    private const int CookedLength = 20;
    private const int TagLength = 4;
    private const int MacAddresses = 12;

    /// <summary>Puts the tag back behind the addresses of an Ethernet frame (IEEE 802.1Q).</summary>
    /// <param name="block">The block of the ring.</param>
    /// <param name="frame">What the kernel told.</param>
    /// <param name="headersEnd">First free byte in front of the packet.</param>
    /// <param name="start">First byte of the packet; moves to the front.</param>
    /// <returns>Bytes that the packet has more; 0 when there is no tag or no room for it.</returns>
    public static int RestoreVlan(Span<byte> block, in RingFrame frame, int headersEnd, ref int start)
    {
        if (!frame.HasVlan || start - headersEnd < TagLength || frame.CapturedLength < MacAddresses)
        {
            return 0;
        }

        int front = start - TagLength;
        block.Slice(start, MacAddresses).CopyTo(block[front..]);
        BinaryPrimitives.WriteUInt16BigEndian(block[(front + MacAddresses)..], frame.TagType);
        BinaryPrimitives.WriteUInt16BigEndian(block[(front + MacAddresses + 2)..], frame.VlanTag);
        start = front;
        return TagLength;
    }

    /// <summary>Writes a LINKTYPE_LINUX_SLL2 header, with the VLAN tag behind it where there is one.</summary>
    /// <returns>Bytes that the packet has more; 0 when there is no room.</returns>
    public static int WriteCooked(Span<byte> block, in RingFrame frame, int headersEnd, ref int start)
    {
        int added = CookedLength + (frame.HasVlan ? TagLength : 0);
        if (start - headersEnd < added)
        {
            return 0;
        }

        start -= added;
        Span<byte> header = block.Slice(start, added);
        BinaryPrimitives.WriteUInt16BigEndian(header, frame.HasVlan ? frame.TagType : frame.Protocol);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], 0);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], frame.Interface);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], frame.Hardware);
        header[10] = frame.Direction;
        header[11] = frame.AddressLength;
        BinaryPrimitives.WriteUInt64BigEndian(header[12..], frame.Address);
        if (frame.HasVlan)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[CookedLength..], frame.VlanTag);
            BinaryPrimitives.WriteUInt16BigEndian(header[(CookedLength + 2)..], frame.Protocol);
        }

        return added;
    }
}
