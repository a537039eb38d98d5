using System.Globalization;
using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Hardware addresses, and which of them is the router's.</summary>
internal sealed class RouterAnalysis : DeepAnalysis
{
    private const int MaxStations = 8_192;
    private const int MaxAddresses = 64;
    private const int Told = 10;
    private const byte TimeExceeded = 11;
    private const byte TimeExceededV6 = 3;

    private readonly Dictionary<ulong, Station> _stations = [];
    private long _untracked;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        if (packet.Facts.SourceMac is not { } mac)
        {
            return;
        }

        if (!_stations.TryGetValue(mac, out Station? station))
        {
            if (_stations.Count >= MaxStations)
            {
                _untracked++;
                return;
            }

            _stations[mac] = station = new Station();
        }

        station.Packets++;
        station.Bytes += packet.Reference.OriginalLength;
        if (!packet.HasIp || packet.Tunnel.Length > 0)
        {
            return;
        }

        ref readonly DecodedPacket headers = ref packet.Headers;
        if (station.Addresses.Count < MaxAddresses)
        {
            station.Addresses.Add(headers.Source);
        }

        if (!headers.Source.IsPrivate && !headers.Source.IsLinkLocal && !headers.Source.IsUnspecified && station.Remote.Count < MaxAddresses)
        {
            station.Remote.Add(headers.Source);
        }

        station.MinTtl = Math.Min(station.MinTtl, headers.TimeToLive);
        station.MaxTtl = Math.Max(station.MaxTtl, headers.TimeToLive);

        // What stays on its link often starts with 1 or 255; what a router passed on has lost some.
        bool isOnLink = headers.Destination.IsMulticast || headers.Source.IsLinkLocal || headers.TimeToLive <= 1;
        station.Forwarded += !isOnLink && headers.TimeToLive is not (32 or 64 or 128 or 255) ? 1 : 0;
        bool isExpired = (headers.Protocol == IpProtocol.Icmp && headers.SourcePort == TimeExceeded)
            || (headers.Protocol == IpProtocol.IcmpV6 && headers.SourcePort == TimeExceededV6);
        if (isExpired)
        {
            station.TimeExceeded++;
            station.Hop ??= headers.Source;
        }
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        List<(ulong Mac, Station Station)> stations = [.. _stations
            .Select(static item => (item.Key, item.Value))
            .OrderByDescending(static item => item.Value.Forwarded > 0)
            .ThenByDescending(static item => item.Value.Remote.Count)
            .ThenBy(static item => item.Key)];
        (ulong mac, Station? best) = stations.Count > 0 ? stations[0] : (0, null);
        bool isForwarding = best is { Forwarded: > 0 };
        bool isRouter = best is { Remote.Count: > 1 } && (isForwarding || best.TimeExceeded > 0);
        Confidence confidence = !isRouter ? Confidence.None
            : isForwarding && (best!.Remote.Count > 3 || best.TimeExceeded > 0) ? Confidence.High
            : isForwarding ? Confidence.Medium
            : Confidence.Low;
        report.Answer(
            "router_mac",
            isRouter ? Text(mac) : DeepAnswer.Unknown,
            confidence,
            ("vendor", isRouter ? MacVendors.Find(mac) : null),
            ("stations", (long)_stations.Count),
            ("remote_addresses", (long)(best?.Remote.Count ?? 0)),
            ("forwarded_packets", best?.Forwarded ?? 0),
            ("ttl_min", isRouter ? (long)best!.MinTtl : null),
            ("ttl_max", isRouter ? (long)best!.MaxTtl : null),
            ("time_exceeded", best?.TimeExceeded ?? 0),
            ("first_hop", isRouter ? best!.Hop?.ToString() : null),
            ("other_routers", stations.Count(static item => item.Station is { Remote.Count: > 1, Forwarded: > 0 }) - (isForwarding && isRouter ? 1L : 0)),
            ("packets_of_untracked_stations", _untracked));
        report.Table(
            "macs",
            ["mac", "vendor", "packets", "bytes", "addresses", "remote_addresses", "ttl_min", "ttl_max"],
            stations.OrderByDescending(static item => item.Station.Bytes).ThenBy(static item => item.Mac).Take(Told).Select(static item => new object?[]
            {
                Text(item.Mac), MacVendors.Find(item.Mac), item.Station.Packets, item.Station.Bytes, (long)item.Station.Addresses.Count, (long)item.Station.Remote.Count,
                item.Station.Addresses.Count > 0 ? (long)item.Station.MinTtl : null, item.Station.Addresses.Count > 0 ? (long)item.Station.MaxTtl : null,
            }));
    }

    private static string Text(ulong mac) => string.Join(':', Enumerable.Range(0, 6).Select(i => ((byte)(mac >> (40 - (8 * i)))).ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>What was seen of a hardware address.</summary>
    private sealed class Station
    {
        public long Packets { get; set; }

        public long Bytes { get; set; }

        public HashSet<IpAddress> Addresses { get; } = [];

        public HashSet<IpAddress> Remote { get; } = [];

        public byte MinTtl { get; set; } = byte.MaxValue;

        public byte MaxTtl { get; set; }

        public long Forwarded { get; set; }

        public long TimeExceeded { get; set; }

        public IpAddress? Hop { get; set; }
    }
}
