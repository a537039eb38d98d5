using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Matching;

/// <summary>
/// Compares addresses and endpoints of packets with the trails. The engine asks for the first packet of each direction of a flow, for
/// every IP layer of a tunnel and for fragments whose datagram never became whole; one packet gives at most one event.
/// Safe to share between workers: it holds no state of its own.
/// </summary>
/// <param name="index">The trails.</param>
public sealed class AddressTrailMatcher(ITrailIndex index)
{
    /// <summary>True when an address or endpoint of the innermost IP header is a trail. At most four look-ups, no allocation.</summary>
    public bool Matches(in DecodedPacket packet)
    {
        if ((packet.Flags & DecodedFlags.HasIp) == 0)
        {
            return false;
        }

        return index.TryFindAddress(packet.Destination, out _)
            || index.TryFindAddress(packet.Source, out _)
            || ((packet.Flags & DecodedFlags.HasPorts) != 0
                && (index.TryFindEndpoint(packet.Destination, packet.DestinationPort, out _)
                    || index.TryFindEndpoint(packet.Source, packet.SourcePort, out _)));
    }

    /// <summary>True when an address or endpoint of an outer IP header is a trail.</summary>
    public bool Matches(in TunnelLayer outer) => TryFind(Sighting.Of(outer), out _);

    /// <summary>Tells the trail that a packet goes to or comes from, unless a rule says that it means nothing there.</summary>
    /// <param name="flow">The flow of the packet.</param>
    /// <param name="at">The packet.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="outer">The IP layer to look at when it is not the innermost one.</param>
    /// <param name="destinationIsToldByName">
    /// True for a DNS query to UDP port 53: a destination that is a trail is then told by <see cref="TrailMatcher"/> together with the
    /// name that was asked for, and not here.
    /// </param>
    /// <param name="findings">Where the event goes.</param>
    public void Tell(
        FlowIdentity flow, in PacketStamp at, Direction direction, TunnelLayer? outer, bool destinationIsToldByName, IRecordSink findings)
    {
        Sighting sighting = outer is TunnelLayer layer ? Sighting.Of(layer) : Sighting.Of(flow, direction);
        if (!TryFind(sighting, out AddressFind find) || (find.IsDestination && destinationIsToldByName))
        {
            return;
        }

        Trail trail = index.Get(find.Trail);
        if (IsMeaningless(sighting, find, trail, destinationIsToldByName)
            || index.IsWhitelisted(sighting.Source) || index.IsWhitelisted(sighting.Destination))
        {
            return;
        }

        IpAddress address = find.IsDestination ? sighting.Destination : sighting.Source;
        ushort port = find.IsDestination ? sighting.DestinationPort : sighting.SourcePort;
        findings.Add(new ThreatRecord
        {
            Flow = flow,
            At = at,
            Direction = direction,
            Type = find.IsEndpoint ? EventType.Iport : EventType.Ip,
            Trail = find.IsEndpoint ? AddressText.OfEndpoint(address, port) : address.ToString(),
            Indicator = trail.Indicator,
            Source = find.IsDestination ? "ip.dst" : "ip.src",
            Info = trail.Info,
            Reference = trail.Reference,
            Severity = trail.Severity,
            Matched = trail,
            OuterLayer = outer,
        });
    }

    /// <summary>
    /// Destination before source, endpoint before address. A network gives way to an exact trail of the other side: it covers millions
    /// of addresses and must not hide the one indicator that names this host.
    /// </summary>
    private bool TryFind(in Sighting sighting, out AddressFind find)
    {
        if (sighting.HasPorts && index.TryFindEndpoint(sighting.Destination, sighting.DestinationPort, out int trail))
        {
            find = new AddressFind(trail, IsDestination: true, IsEndpoint: true);
            return true;
        }

        bool isDestination = index.TryFindAddress(sighting.Destination, out int destinationTrail);
        if (isDestination && index.Get(destinationTrail).Kind != TrailKind.Network)
        {
            find = new AddressFind(destinationTrail, IsDestination: true, IsEndpoint: false);
            return true;
        }

        if (!AddressText.IsLocalhost(sighting.Destination))
        {
            if (sighting.HasPorts && index.TryFindEndpoint(sighting.Source, sighting.SourcePort, out trail))
            {
                find = new AddressFind(trail, IsDestination: false, IsEndpoint: true);
                return true;
            }

            if (index.TryFindAddress(sighting.Source, out trail)
                && (!isDestination || index.Get(trail).Kind != TrailKind.Network))
            {
                find = new AddressFind(trail, IsDestination: false, IsEndpoint: false);
                return true;
            }
        }

        find = new AddressFind(destinationTrail, IsDestination: true, IsEndpoint: false);
        return isDestination;
    }

    private static bool IsMeaningless(in Sighting sighting, AddressFind find, Trail trail, bool isDnsQuery)
    {
        bool isTcp = sighting.Protocol == IpProtocol.Tcp;
        if (find.IsDestination)
        {
            // A scanner list says nothing about outgoing contact, and a parked page is a page: only the web ports matter.
            return isTcp
                && (trail.Info.Contains("attacker", StringComparison.Ordinal)
                    || (trail.Info.Contains("parking site", StringComparison.Ordinal) && sighting.DestinationPort is not (80 or 443)));
        }

        // Backscatter: what malware hosts send by themselves is mostly answers to forged addresses. A query for a name is not, and
        // protocols without ports carry no such answers.
        return (isTcp || (sighting.Protocol == IpProtocol.Udp && !isDnsQuery))
            && trail.Info.Contains("malware", StringComparison.Ordinal);
    }
}
