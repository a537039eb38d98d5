using Vittne.Packets.Facts;
using Vittne.Packets.Fragments;

namespace Vittne.Packets.Network;

/// <summary>Internet Protocol version 6 and its extension headers, RFC 8200 sections 3 and 4.</summary>
internal static class Ipv6
{
    /// <summary>Length of the fixed header.</summary>
    public const int HeaderLength = 40;

    private const int MaxExtensions = 16;
    private const int MaxExtensionBytes = 2_048;

    private const byte HopByHop = 0;
    private const byte Routing = 43;
    private const byte Fragment = 44;
    private const byte Authentication = 51;
    private const byte NoNextHeader = 59;
    private const byte DestinationOptions = 60;
    private const byte Mobility = 135;
    private const byte HostIdentity = 139;
    private const byte Shim6 = 140;

    private const byte JumboOption = 0xC2;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (walk.Has(1) && walk.UInt8(0) >> 4 == 6)
        {
            walk.Facts?.AddLayer("ipv6");
        }

        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.IpHeader);
        }

        if (walk.UInt8(0) >> 4 != 6)
        {
            return walk.Stop(AnomalyKind.IpHeader);
        }

        if (!walk.EnterNetwork())
        {
            return Layer.Done;
        }

        int payloadLength = walk.UInt16(4);
        walk.Protocol = walk.UInt8(6);
        walk.SetNetwork(
            IpAddress.FromV6(walk.Data.Slice(walk.At + 8, 16)), IpAddress.FromV6(walk.Data.Slice(walk.At + 24, 16)), walk.Protocol, walk.UInt8(7), isV6: true);
        walk.Context.Place.IpLength = payloadLength != 0 || walk.Protocol == NoNextHeader ? HeaderLength + payloadLength : walk.WireEnd - walk.At;
        walk.Facts?.BeginNetwork(payloadLength);
        walk.Skip(HeaderLength);
        walk.IsJumbo = false;
        walk.HasOtherPseudoHeader = false;
        if (payloadLength != 0 || walk.Protocol == NoNextHeader)
        {
            if (payloadLength > walk.WireEnd - walk.At)
            {
                walk.Report(AnomalyKind.Ipv6Length);
            }

            walk.Bound(payloadLength);
        }

        walk.SetPayload(0);
        return DecodeExtensions(ref walk, payloadLength == 0);
    }

    private static Layer DecodeExtensions(ref LayerWalk walk, bool mayBeJumbo)
    {
        int headers = 0;
        int bytes = 0;
        while (IsExtension(walk.Protocol))
        {
            byte type = walk.Protocol;
            if (!walk.Has(8))
            {
                return walk.StopShort(AnomalyKind.Ipv6Length);
            }

            int length = type switch
            {
                Fragment => 8,
                Authentication => (walk.UInt8(1) + 2) * 4,
                _ => (walk.UInt8(1) + 1) * 8,
            };
            bytes += length;
            if (++headers > MaxExtensions || bytes > MaxExtensionBytes)
            {
                return walk.Stop(AnomalyKind.Ipv6ExtChain);
            }

            if (!walk.Has(length))
            {
                return walk.StopShort(AnomalyKind.Ipv6Length);
            }

            if (type == HopByHop && mayBeJumbo && headers == 1)
            {
                BoundJumbo(ref walk, length);
            }

            uint fragment = type == Fragment ? walk.UInt16(2) : 0u;
            uint identification = type == Fragment ? walk.UInt32(4) : 0;
            walk.Protocol = walk.UInt8(0);
            walk.Packet.Protocol = walk.Protocol;
            walk.HasOtherPseudoHeader |= ChangesPseudoHeader(walk, type);
            if (walk.Facts is { } facts)
            {
                NoteExtension(facts, type, fragment, identification);
            }

            walk.Skip(length);
            walk.SetPayload(0);

            // Neither offset nor "more": an atomic fragment is a whole datagram (RFC 6946).
            if ((fragment & 0xFFF9) != 0)
            {
                if (walk.Context.Fragments is not { } fragments)
                {
                    return (fragment & 0xFFF8) == 0 ? Layer.Transport : Layer.Done;
                }

                var key = new FragmentKey(walk.Packet.Source, walk.Packet.Destination, walk.Packet.TunnelKey, Vlans: 0, identification, Protocol: 0);
                if (!fragments.TryTake(ref walk, key, (int)(fragment & 0xFFF8), (fragment & 1) != 0, isV6: true))
                {
                    return Layer.Done;
                }
            }
        }

        return walk.Protocol == NoNextHeader ? Layer.Done : Layer.Transport;
    }

    private static bool IsExtension(byte protocol) =>
        protocol is HopByHop or Routing or Fragment or Authentication or DestinationOptions or Mobility or HostIdentity or Shim6;

    /// <summary>Segments left to visit (RFC 8200 section 4.4), or a home address as the first option behind padding (RFC 6275 section 6.3).</summary>
    private static bool ChangesPseudoHeader(in LayerWalk walk, byte type) =>
        (type == Routing && walk.UInt8(3) != 0) || (type == DestinationOptions && IsHomeAddress(walk));

    private static bool IsHomeAddress(in LayerWalk walk)
    {
        const byte HomeAddress = 0xC9;
        const byte PadN = 1;
        const int FirstOption = 2;
        int length = (walk.UInt8(1) + 1) * 8;
        int at = FirstOption;
        while (at + 1 < length && walk.UInt8(at) <= PadN)
        {
            at += walk.UInt8(at) == PadN ? 2 + walk.UInt8(at + 1) : 1;
        }

        return at < length && walk.UInt8(at) == HomeAddress;
    }

    private static void NoteExtension(PacketFacts facts, byte type, uint fragment, uint identification)
    {
        if (type == Fragment)
        {
            facts.IpIdentification = identification;
            facts.FragmentOffset = (int)(fragment & 0xFFF8);
            facts.HasMoreFragments = (fragment & 1) != 0;
        }
        else if (type == Authentication)
        {
            facts.AddLayer("ah");
        }
    }

    /// <summary>Looks for the jumbo payload option (RFC 2675 section 2) in a hop-by-hop header of known length.</summary>
    private static void BoundJumbo(ref LayerWalk walk, int length)
    {
        int at = 2;
        while (at + 2 <= length)
        {
            byte option = walk.UInt8(at);
            if (option == 0)
            {
                at++;
                continue;
            }

            int optionLength = walk.UInt8(at + 1);
            if (option == JumboOption && optionLength == 4 && at + 6 <= length)
            {
                uint payload = walk.UInt32(at + 2);
                if (payload >= length)
                {
                    walk.Bound(payload);
                    walk.IsJumbo = true;
                }

                return;
            }

            at += 2 + optionLength;
        }
    }
}
