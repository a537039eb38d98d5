using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Where the capture was made: inside of the firewall, outside, or on both sides.</summary>
internal sealed class VantageAnalysis(TcpFlows flows, DuplicateFinder duplicates) : DeepAnalysis
{
    private const int MinPackets = 10;
    private const int ManySources = 10;
    private const ushort MulticastDns = 5353;
    private const ulong SpanningTree = 0x0180C2000000;
    private const ulong Broadcast = 0xFFFFFFFFFFFF;

    private long _ip;
    private long _both;
    private long _one;
    private long _none;
    private long _broadcasts;
    private long _arp;
    private long _dhcp;
    private long _spanningTree;
    private long _multicastDns;
    private long _outPackets;
    private long _outBytes;
    private long _inPackets;
    private long _inBytes;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        _broadcasts += packet.Facts.DestinationMac == Broadcast ? 1 : 0;
        _spanningTree += packet.Facts.DestinationMac == SpanningTree ? 1 : 0;
        if (!packet.HasIp)
        {
            _arp += packet.Facts.Layers.Count > 0 && packet.Facts.Layers[^1] == "arp" ? 1 : 0;
            return;
        }

        ref readonly DecodedPacket headers = ref packet.Headers;
        if (headers.Protocol == IpProtocol.Udp)
        {
            _dhcp += headers.DestinationPort is 67 or 68 or 546 or 547 ? 1 : 0;
            _multicastDns += headers.DestinationPort == MulticastDns ? 1 : 0;
        }

        // Multicast and link-local addresses say nothing about the side.
        if (headers.Destination.IsMulticast || headers.Destination.IsBroadcast || headers.Source.IsLinkLocal || headers.Source.IsUnspecified || headers.Source.IsLoopback)
        {
            return;
        }

        _ip++;
        bool isFromPrivate = headers.Source.IsPrivate;
        bool isToPrivate = headers.Destination.IsPrivate;
        if (isFromPrivate && isToPrivate)
        {
            _both++;
        }
        else if (isFromPrivate)
        {
            _one++;
            _outPackets++;
            _outBytes += packet.Reference.OriginalLength;
        }
        else if (isToPrivate)
        {
            _one++;
            _inPackets++;
            _inBytes += packet.Reference.OriginalLength;
        }
        else
        {
            _none++;
        }
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        int signs = (_arp > 0 ? 1 : 0) + (_dhcp > 0 ? 1 : 0) + (_spanningTree > 0 ? 1 : 0) + (_multicastDns > 0 ? 1 : 0) + (_both > 0 ? 1 : 0);
        long scanners = flows.UnansweredSources;
        (string answer, Confidence confidence) = duplicates.Translated > 0 ? ("both sides", duplicates.Translated > 2 ? Confidence.High : Confidence.Medium)
            : signs > 0 ? ("inside", signs > 1 ? Confidence.High : Confidence.Medium)
            : _one + _both == 0 && _ip >= MinPackets && scanners >= ManySources ? ("outside", Confidence.High)
            : _one > 0 ? ("inside", Confidence.Low)
            : (DeepAnswer.Unknown, Confidence.None);
        report.Answer(
            "vantage",
            answer,
            confidence,
            ("private_both_share", Share(_both, _ip)),
            ("private_one_share", Share(_one, _ip)),
            ("private_none_share", Share(_none, _ip)),
            ("broadcasts", _broadcasts),
            ("arp", _arp),
            ("dhcp", _dhcp),
            ("stp", _spanningTree),
            ("mdns", _multicastDns),
            ("unanswered_sources", scanners),
            ("translated_flows", duplicates.Translated));
        TellDirections(report);
    }

    private void TellDirections(DeepReport report)
    {
        const double Nearly = 0.9;
        long judged = flows.Judged;
        double share = Share(flows.TwoWay, judged);
        (string answer, Confidence confidence) = judged == 0 && _inPackets > 0 && _outPackets > 0 ? ("both", Confidence.Low)
            : judged == 0 && _inPackets + _outPackets == 0 ? (DeepAnswer.Unknown, Confidence.None)
            : judged == 0 ? (_outPackets > 0 ? "only egress" : "only ingress", Confidence.Low)
            : share >= Nearly ? ("both", judged > 2 ? Confidence.High : Confidence.Medium)
            : share > 1 - Nearly ? ("asymmetric routing", Confidence.Medium)
            : _inPackets == 0 && _outPackets > 0 ? ("only egress", judged > 2 ? Confidence.High : Confidence.Medium)
            : _outPackets == 0 && _inPackets > 0 ? ("only ingress", judged > 2 ? Confidence.High : Confidence.Medium)
            : ("one direction of each flow", Confidence.Medium);
        report.Answer(
            "directions",
            answer,
            confidence,
            ("packets_out", _outPackets),
            ("bytes_out", _outBytes),
            ("packets_in", _inPackets),
            ("bytes_in", _inBytes),
            ("tcp_flows", judged),
            ("tcp_flows_two_way", flows.TwoWay),
            ("two_way_share", share),
            ("acknowledged_never_seen_bytes", flows.NeverSeenBytes));
    }
}
