using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>VLANs, MPLS labels and tunnels with their packets, and the deepest nesting.</summary>
internal sealed class EncapsulationAnalysis : DeepAnalysis
{
    private const int MaxIds = 4_096;
    private const int Told = 100;

    private readonly Dictionary<long, long> _vlans = [];
    private readonly Dictionary<long, long> _labels = [];
    private readonly Dictionary<(string Type, uint Id), long> _tunnels = [];
    private long _tagged;
    private long _labelled;
    private long _tunnelled;
    private int _deepest;
    private long _deepestPacket;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        IReadOnlyList<long> vlans = packet.Facts.Vlans;
        IReadOnlyList<long> labels = packet.Facts.MplsLabels;
        _tagged += vlans.Count > 0 ? 1 : 0;
        _labelled += labels.Count > 0 ? 1 : 0;
        _tunnelled += packet.Tunnel.Length > 0 ? 1 : 0;
        for (int i = 0; i < vlans.Count; i++)
        {
            Count(_vlans, vlans[i]);
        }

        for (int i = 0; i < labels.Count; i++)
        {
            Count(_labels, labels[i]);
        }

        foreach (ref readonly TunnelLayer layer in packet.Tunnel.AsSpan())
        {
            Count(_tunnels, (layer.Type, layer.Id));
        }

        int depth = vlans.Count + labels.Count + packet.Tunnel.Length;
        if (depth > _deepest)
        {
            _deepest = depth;
            _deepestPacket = packet.Reference.Number;
        }
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        report.Answer(
            "encapsulation",
            _deepest == 0 ? "none" : string.Join(", ", Kinds()),
            Confidence.High,
            ("vlan_packets", _tagged),
            ("mpls_packets", _labelled),
            ("tunnel_packets", _tunnelled),
            ("deepest_nesting", (long)_deepest),
            ("deepest_packet", _deepest > 0 ? _deepestPacket : null));
        report.Table("vlans", ["id", "packets"], Rows(_vlans));
        report.Table("mpls_labels", ["label", "packets"], Rows(_labels));
        report.Table(
            "tunnels",
            ["type", "id", "packets"],
            _tunnels.OrderByDescending(static item => item.Value).ThenBy(static item => item.Key).Take(Told).Select(static item => new object?[] { item.Key.Type, (long)item.Key.Id, item.Value }));
    }

    private static IEnumerable<object?[]> Rows(Dictionary<long, long> counts) =>
        counts.OrderByDescending(static item => item.Value).ThenBy(static item => item.Key).Take(Told).Select(static item => new object?[] { item.Key, item.Value });

    private static void Count<TKey>(Dictionary<TKey, long> counts, TKey key)
        where TKey : notnull
    {
        if (counts.Count < MaxIds || counts.ContainsKey(key))
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    private IEnumerable<string> Kinds()
    {
        if (_tagged > 0)
        {
            yield return "VLAN";
        }

        if (_labelled > 0)
        {
            yield return "MPLS";
        }

        if (_tunnelled > 0)
        {
            yield return "tunnels";
        }
    }
}
