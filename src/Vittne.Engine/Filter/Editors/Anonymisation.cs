using System.Buffers.Binary;
using Vittne.Capture.Writing;
using Vittne.Packets.Layout;

namespace Vittne.Engine.Filter.Editors;

/// <summary>
/// Puts false addresses for all that headers hold: IPv4, IPv6, ARP, hardware addresses; in tunnels, in what ICMP errors quote and in
/// neighbour discovery too. Checksums follow. Payload stays as it is.
/// </summary>
internal sealed class Anonymisation(AddressMap map) : PacketEditor, IDisposable
{
    private const int MacLength = 6;
    private const int MaxAddressLength = 16;
    private const int IcmpHeaderLength = 8;

    private readonly PacketLayout _layout = new();
    private readonly ChecksummedBytes _bytes = new();
    private readonly List<HeaderPlace> _places = [];
    private readonly List<(int At, int Length)> _addresses = [];

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        _bytes.Start(packet.Data);
        _places.Clear();
        _addresses.Clear();
        _places.AddRange(_layout.Read(packet.Data, packet.LinkType, packet.OriginalLength));
        AddQuoted(packet.Data);
        if (packet.LinkType is 113 or 276)
        {
            AddAddress(packet.LinkType == 113 ? 6 : 12, MacLength);
        }

        HeaderPlace? network = null;
        foreach (HeaderPlace place in _places)
        {
            Look(place, ref network);
        }

        Span<byte> value = stackalloc byte[MaxAddressLength];
        foreach ((int at, int length) in _addresses)
        {
            Span<byte> address = value[..length];
            _bytes.Bytes.Slice(at, length).CopyTo(address);
            if (length == MacLength)
            {
                map.MapMac(address);
            }
            else
            {
                map.MapIp(address);
            }

            _bytes.Replace(at, address);
        }

        packet.Data = _bytes.Bytes;
        packet.IsEdited = true;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => map.Dispose();

    private static bool IsIcmpError(byte protocol, byte type) => protocol == 58 ? type < 128 : type is 3 or 4 or 5 or 11 or 12;

    /// <summary>Adds the headers of the datagram that an ICMP error quotes, at the end of the packet.</summary>
    private void AddQuoted(ReadOnlySpan<byte> data)
    {
        // A quoted error quotes nothing that counts: one level.
        if (_places.Count > 0 && _places[^1] is { Kind: HeaderKind.Transport, Protocol: 1 or 58 } icmp
            && icmp.End - icmp.Start > IcmpHeaderLength && IsIcmpError(icmp.Protocol, data[icmp.Start]))
        {
            int start = icmp.Start + IcmpHeaderLength;
            foreach (HeaderPlace place in _layout.ReadIp(data[start..icmp.End]))
            {
                _places.Add(place with { Start = place.Start + start, End = place.End + start });
            }
        }
    }

    private void Look(in HeaderPlace place, ref HeaderPlace? network)
    {
        int start = place.Start;
        switch (place.Kind)
        {
            case HeaderKind.Ethernet:
                AddAddress(start, MacLength);
                AddAddress(start + MacLength, MacLength);
                break;
            case HeaderKind.Ieee80211:
                AddAddress(start + 4, MacLength);
                AddAddress(start + 10, MacLength);
                AddAddress(start + 16, MacLength);
                break;
            case HeaderKind.Arp:
                LookAtArp(start);
                break;
            case HeaderKind.Ipv4:
                network = place;
                AddAddress(start + 12, 4);
                AddAddress(start + 16, 4);
                int headerLength = start < _bytes.Length ? (_bytes.Bytes[start] & 15) * 4 : 0;
                _bytes.Add(new ChecksumRegion(start, start + headerLength, start + 10, 0, 0, IsUdp: false));
                break;
            case HeaderKind.Ipv6:
                network = place;
                AddAddress(start + 8, 16);
                AddAddress(start + 24, 16);
                break;
            case HeaderKind.MinimalEncapsulation:
                LookAtMinimal(start);
                break;
            case HeaderKind.Gre when start < _bytes.Length && (_bytes.Bytes[start] & 0x80) != 0:
                _bytes.Add(new ChecksumRegion(start, place.End, start + 4, 0, 0, IsUdp: false));
                break;
            case HeaderKind.Transport:
                LookAtTransport(place, network);
                break;
            default:
                break;
        }
    }

    private void LookAtTransport(in HeaderPlace place, HeaderPlace? network)
    {
        (int offset, bool hasPseudo) = place.Protocol switch
        {
            6 => (16, true),
            17 => (6, true),
            33 => (6, true),
            58 => (2, true),
            1 or 2 => (2, false),
            _ => (-1, false),
        };
        if (offset < 0)
        {
            return;
        }

        (int pseudoStart, int pseudoEnd) = !hasPseudo || network is not { } ip ? (0, 0)
            : ip.Kind == HeaderKind.Ipv4 ? (ip.Start + 12, ip.Start + 20)
            : (ip.Start + 8, ip.Start + 40);
        _bytes.Add(new ChecksumRegion(place.Start, place.End, place.Start + offset, pseudoStart, pseudoEnd, place.Protocol == 17));
        if (place.Protocol == 58)
        {
            LookAtNeighbours(place);
        }
    }

    /// <summary>Neighbour discovery, RFC 4861 section 4: targets and the hardware addresses in options.</summary>
    private void LookAtNeighbours(in HeaderPlace icmp)
    {
        ReadOnlySpan<byte> data = _bytes.Bytes[..icmp.End];
        if (icmp.End - icmp.Start < IcmpHeaderLength)
        {
            return;
        }

        int at;
        switch (data[icmp.Start])
        {
            case 133:
                at = icmp.Start + 8;
                break;
            case 134:
                at = icmp.Start + 16;
                break;
            case 135 or 136:
                AddAddress(icmp.Start + 8, 16);
                at = icmp.Start + 24;
                break;
            case 137:
                AddAddress(icmp.Start + 8, 16);
                AddAddress(icmp.Start + 24, 16);
                at = icmp.Start + 40;
                break;
            default:
                return;
        }

        while (at + 8 <= data.Length && data[at + 1] != 0)
        {
            switch (data[at])
            {
                case 1 or 2 when data[at + 1] == 1:
                    AddAddress(at + 2, MacLength);
                    break;
                case 3 when data[at + 1] == 4:
                    AddAddress(at + 16, 16);
                    break;
                default:
                    break;
            }

            at += data[at + 1] * 8;
        }
    }

    /// <summary>RFC 826: hardware and protocol addresses of sender and target, whose lengths the message tells.</summary>
    private void LookAtArp(int start)
    {
        ReadOnlySpan<byte> data = _bytes.Bytes;
        if (start + 8 > data.Length)
        {
            return;
        }

        int hardware = data[start + 4], protocol = data[start + 5], at = start + 8;
        bool isIp = BinaryPrimitives.ReadUInt16BigEndian(data[(start + 2)..]) == 0x0800 && protocol == 4;
        for (int side = 0; side < 2; side++)
        {
            if (hardware == MacLength)
            {
                AddAddress(at, MacLength);
            }

            if (isIp)
            {
                AddAddress(at + hardware, 4);
            }

            at += hardware + protocol;
        }
    }

    private void LookAtMinimal(int start)
    {
        bool hasSource = start + 2 <= _bytes.Length && (_bytes.Bytes[start + 1] & 0x80) != 0;
        _bytes.Add(new ChecksumRegion(start, start + (hasSource ? 12 : 8), start + 2, 0, 0, IsUdp: false));
        AddAddress(start + 4, 4);
        if (hasSource)
        {
            AddAddress(start + 8, 4);
        }
    }

    private void AddAddress(int at, int length)
    {
        if (at + length <= _bytes.Length)
        {
            _addresses.Add((at, length));
        }
    }
}
