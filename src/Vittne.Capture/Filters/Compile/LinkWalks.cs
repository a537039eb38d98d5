using System.Buffers.Binary;

namespace Vittne.Capture.Filters.Compile;

/// <summary>Values that need a walk over the packet. Each returns false where a byte that it needs was not captured.</summary>
internal static class LinkWalks
{
    /// <summary>Length of a Prism header: as it says when it is one of AVS, else fixed.</summary>
    public const byte Prism = 0;

    /// <summary>Payload of an 802.11 frame.</summary>
    public const byte Plain = 1;

    /// <summary>The same behind a radiotap header, which may tell that the frame's header is padded.</summary>
    public const byte Radiotap = 2;

    private const uint PrismLength = 144;
    private const uint HeaderLength = 24;
    private const uint DataFrame = 0x08;
    private const uint ControlFrame = 0x04;
    private const uint QualityOfService = 0x80;

    // Chains in real packets have a handful of headers; each turn moves on by at least 8 bytes (AH: 4), so that the end is near anyway.
    private const int LongestChain = 64 * 1024;

    /// <summary>Where a wireless header ends.</summary>
    public static bool TryHeader(ReadOnlySpan<byte> data, byte kind, uint start, out uint end)
    {
        end = PrismLength;
        if (kind == Prism)
        {
            if (!TryLoad(data, 0, 0, 4, out uint magic))
            {
                return false;
            }

            return (magic & 0xfffff000) != 0x80211000 || TryLoad(data, 0, 4, 4, out end);
        }

        end = start + HeaderLength;
        if (!TryLoad(data, start, 0, 1, out uint control))
        {
            return false;
        }

        if ((control & DataFrame) == 0 || (control & ControlFrame) != 0)
        {
            return true;
        }

        end += (control & QualityOfService) != 0 ? 2u : 0u;
        if (kind == Plain)
        {
            return true;
        }

        // Present flags of radiotap, little-endian: flags there (bit 1), no second word (bit 31), time before them or not (bit 0).
        if (!TryLoad(data, 0, 4, 4, out uint present))
        {
            return false;
        }

        if ((present & 0x02000000) == 0 || (present & 0x80) != 0)
        {
            return true;
        }

        if (!TryLoad(data, 0, (present & 0x01000000) != 0 ? 16u : 8u, 1, out uint flags))
        {
            return false;
        }

        end = (flags & 0x20) != 0 ? (end + 3) & 0xfffffffc : end;
        return true;
    }

    /// <summary>Whether a chain of extension headers holds a protocol (1) or not (0).</summary>
    /// <param name="data">Captured bytes.</param>
    /// <param name="network">Where the IP header begins.</param>
    /// <param name="isIp6">It is IPv6.</param>
    /// <param name="protocol">What is looked for.</param>
    /// <param name="found">Result.</param>
    public static bool TryChain(ReadOnlySpan<byte> data, uint network, bool isIp6, uint protocol, out uint found)
    {
        found = 0;
        uint offset;
        if (!TryLoad(data, network, isIp6 ? 6u : 9u, 1, out uint next))
        {
            return false;
        }

        if (isIp6)
        {
            offset = 40;
        }
        else
        {
            if (!TryLoad(data, network, 0, 1, out uint first))
            {
                return false;
            }

            offset = (first & 0xf) * 4;
        }

        for (int turn = 0; turn < LongestChain; turn++)
        {
            if (next == protocol || next == 59)
            {
                break;
            }

            if (isIp6 && next is 0 or 60 or 43 or 44)
            {
                if (!TryLoad(data, offset, network, 1, out next) || !TryLoad(data, offset, network + 1, 1, out uint length))
                {
                    return false;
                }

                offset += (length + 1) * 8;
            }
            else if (next == 51)
            {
                // The peer reads the length from the byte behind the next header, and then takes it for the place itself.
                if (!TryLoad(data, offset, network, 1, out next) || !TryLoad(data, offset + 1, network, 1, out uint length))
                {
                    return false;
                }

                offset = (length + 2) * 4;
            }
            else
            {
                break;
            }
        }

        found = next == protocol ? 1u : 0u;
        return true;
    }

    /// <summary>Bytes in network order at the sum of two numbers that does not wrap.</summary>
    public static bool TryLoad(ReadOnlySpan<byte> data, uint from, uint offset, int size, out uint value)
    {
        ulong at = (ulong)from + offset;
        value = 0;
        if (at + (ulong)size > (ulong)data.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = data.Slice((int)at, size);
        value = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        return true;
    }
}
