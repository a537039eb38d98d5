using System.Buffers.Binary;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>Writes blocks without packets again, in little-endian order.</summary>
internal static class OtherBlocks
{
    private const uint Custom = 0x0BAD;
    private const uint CustomNotToCopy = 0x40000BAD;

    /// <summary>
    /// Writes a block. Left out are those that say that they are not to be copied, statistics of interfaces without packets, and what is
    /// not known and cannot be turned round.
    /// </summary>
    public static void Write(BlockWriter to, CaptureOutput output, CaptureSection section, in CaptureBlock block, Func<CaptureSection, uint, int> findId)
    {
        ReadOnlySpan<byte> body = block.Body.Span;
        bool isBigEndian = section.IsBigEndian;
        to.Begin(block.Type);
        switch (block.Type)
        {
            case (uint)BlockType.InterfaceStatistics:
                if (body.Length < 12 || findId(section, Wire.UInt32(body, 0, isBigEndian)) is not (>= 0 and int id))
                {
                    return;
                }

                to.Add((uint)id);
                to.Add(Wire.UInt32(body, 4, isBigEndian));
                to.Add(Wire.UInt32(body, 8, isBigEndian));
                to.AddOptions(body[12..], isBigEndian, BlockType.InterfaceStatistics);
                break;
            case (uint)BlockType.DecryptionSecrets when isBigEndian:
                if (body.Length < 8)
                {
                    return;
                }

                to.Add(Wire.UInt32(body, 0, isBigEndian));
                to.Add(Wire.UInt32(body, 4, isBigEndian));
                to.AddPadded(body[8..]);
                break;
            case (uint)BlockType.NameResolution when isBigEndian:
                // Records look like options: number, length, bytes; and their list ends like one.
                to.AddOptions(body, isBigEndian, BlockType.NameResolution);
                break;
            case Custom when isBigEndian:
                if (body.Length < 4)
                {
                    return;
                }

                to.Add(BinaryPrimitives.ReadUInt32BigEndian(body));
                to.AddPadded(body[4..]);
                break;
            case CustomNotToCopy:
                return;
            default:
                if (isBigEndian)
                {
                    return;
                }

                to.AddPadded(body);
                break;
        }

        to.End(output);
    }
}
