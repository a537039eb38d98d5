using System.Buffers.Binary;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <summary>
/// Link headers that hold numbers in the byte order of the machine that recorded them: libpcap turns those of big-endian pcap files, and so
/// does this, since what is written is little endian.
/// </summary>
internal sealed class RecordedHeaders(bool isPcap)
{
    private const ushort UsbLinux = 189;
    private const ushort UsbLinuxMmapped = 220;
    private const ushort Nflog = 239;
    private const int NflogHeaderLength = 4;

    private byte[] _room = [];

    /// <summary>Turns the numbers of a packet round where they are big endian.</summary>
    public void Turn(ref OutputPacket packet)
    {
        if (!isPcap || !packet.Section!.IsBigEndian || packet.LinkType is not (UsbLinux or UsbLinuxMmapped or Nflog))
        {
            return;
        }

        _room = _room.Length < packet.Data.Length ? new byte[packet.Data.Length * 2] : _room;
        packet.Data.CopyTo(_room);
        Span<byte> data = _room.AsSpan(0, packet.Data.Length);
        if (packet.LinkType == Nflog)
        {
            TurnNflog(data);
        }
        else
        {
            TurnUsb(data, packet.LinkType == UsbLinuxMmapped);
        }

        packet.Data = data;
    }

    /// <summary>Fields of pcap_usb_header up to where the packet ends; the setup part of control transfers stays.</summary>
    private static void TurnUsb(Span<byte> data, bool isMmapped)
    {
        ReadOnlySpan<(int At, int Length)> fields = [(0, 8), (12, 2), (16, 8), (24, 4), (28, 4), (32, 4), (36, 4)];
        foreach ((int at, int length) in fields)
        {
            if (!Reverse(data, at, length))
            {
                return;
            }
        }

        const byte Isochronous = 0;
        const int DescriptorLength = 16;
        bool isIsochronous = data[9] == Isochronous;
        if (isIsochronous)
        {
            // Error count and number of descriptors stand where others have the setup.
            if (!Reverse(data, 40, 4) || !Reverse(data, 44, 4))
            {
                return;
            }
        }

        if (!isMmapped)
        {
            return;
        }

        for (int at = 48; at < 64; at += 4)
        {
            if (!Reverse(data, at, 4))
            {
                return;
            }
        }

        if (isIsochronous)
        {
            uint descriptors = BinaryPrimitives.ReadUInt32LittleEndian(data[60..]);
            for (int at = 64; descriptors > 0; descriptors--, at += DescriptorLength)
            {
                if (!Reverse(data, at, 4) || !Reverse(data, at + 4, 4) || !Reverse(data, at + 8, 4))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Lengths and types of the attributes.</summary>
    private static void TurnNflog(Span<byte> data)
    {
        if (data.Length < NflogHeaderLength || data[1] != 0)
        {
            return;
        }

        int at = NflogHeaderLength;
        while (data.Length - at >= 4)
        {
            Reverse(data, at, 2);
            Reverse(data, at + 2, 2);
            int length = (BinaryPrimitives.ReadUInt16LittleEndian(data[at..]) + 3) & ~3;
            if (length < 4 || length > data.Length - at)
            {
                return;
            }

            at += length;
        }
    }

    private static bool Reverse(Span<byte> data, int at, int length)
    {
        if (data.Length < at + length)
        {
            return false;
        }

        data.Slice(at, length).Reverse();
        return true;
    }
}
