using System.Globalization;
using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Addresses behind which several hosts seem to be: their connections begin as different systems make them.</summary>
internal sealed class StackAnalysis : DeepAnalysis
{
    private const int MaxAddresses = 16_384;
    private const int MaxClasses = 16;
    private const int MaxSequences = 8;
    private const int SequenceStep = 64;
    private const int MinSequenceLength = 10;
    private const int Told = 10;

    private static readonly byte[] InitialTtls = [32, 64, 128, 255];

    private readonly Dictionary<IpAddress, Sender> _senders = [];
    private long _connections;
    private long _untracked;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        if (!packet.IsTcp || packet.Tunnel.Length > 0)
        {
            return;
        }

        bool isOpening = packet.HasFlags(TcpFlag.Syn) && !packet.HasFlags(TcpFlag.Ack);
        if (!_senders.TryGetValue(packet.Headers.Source, out Sender? sender))
        {
            if (!isOpening)
            {
                return;
            }

            if (_senders.Count >= MaxAddresses)
            {
                _untracked++;
                return;
            }

            _senders[packet.Headers.Source] = sender = new Sender();
        }

        if (packet.Facts.IpIdentification is > 0 and var identification)
        {
            sender.Follow((ushort)identification);
        }

        if (!isOpening || packet.TcpSegment(out int headerLength) is not { IsEmpty: false } segment)
        {
            return;
        }

        _connections++;
        var options = new TcpOptions(segment[..headerLength]);
        byte ttl = packet.Headers.TimeToLive;
        sender.Add(new StackClass(Array.Find(InitialTtls, initial => ttl <= initial), ttl, options.Order, options.Scale, options.SegmentSize));
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        List<(IpAddress Address, Sender Sender, int Hosts)> suspects = [.. _senders
            .Select(static item => (item.Key, item.Value, item.Value.Hosts))
            .Where(static item => item.Hosts > 1)
            .OrderByDescending(static item => item.Hosts)
            .ThenBy(static item => item.Key)];
        bool hasTtls = suspects.Exists(static item => item.Sender.InitialTtls > 1);
        report.Answer(
            "nat",
            suspects.Count > 0 ? "suspected" : _connections > 0 ? "no sign" : DeepAnswer.Unknown,
            suspects.Count == 0 ? (_connections > 0 ? Confidence.Low : Confidence.None) : hasTtls ? Confidence.Medium : Confidence.Low,
            ("suspect_addresses", (long)suspects.Count),
            ("most_hosts_behind_one", suspects.Count > 0 ? (long)suspects[0].Hosts : null),
            ("senders", (long)_senders.Count),
            ("connections", _connections),
            ("connections_of_untracked_senders", _untracked));
        report.Table(
            "nat_suspects",
            ["address", "hosts_at_least", "initial_ttls", "ttls", "option_orders", "ip_id_sequences"],
            suspects.Take(Told).Select(static item => new object?[]
            {
                item.Address.ToString(), (long)item.Hosts, (long)item.Sender.InitialTtls, item.Sender.Ttls, (long)item.Sender.Orders, (long)item.Sender.Sequences,
            }));
    }

    /// <summary>How a system begins a connection, as far as no application decides it. The window and the segment size are for people only.</summary>
    private readonly record struct StackClass(byte InitialTtl, byte Ttl, ulong Order, byte Scale, ushort SegmentSize);

    /// <summary>What was seen of one address.</summary>
    private sealed class Sender
    {
        private readonly List<StackClass> _classes = [];
        private readonly List<(ushort Last, int Count)> _identifications = [];

        public int InitialTtls => _classes.Select(static item => item.InitialTtl).Distinct().Count();

        public int Orders => _classes.Select(static item => item.Order).Distinct().Count();

        // One system has one order of options, and sends with one time to live over one way.
        public int Hosts => _classes.Select(static item => (item.InitialTtl, item.Order)).Distinct().Count();

        public string Ttls => string.Join(' ', _classes.Select(static item => item.Ttl).Distinct().Order().Select(static ttl => ttl.ToString(CultureInfo.InvariantCulture)));

        // Evidence only: some systems count for each connection.
        public int Sequences => _identifications.Count(static item => item.Count >= MinSequenceLength);

        public void Add(StackClass seen)
        {
            if (_classes.Count < MaxClasses && !_classes.Contains(seen))
            {
                _classes.Add(seen);
            }
        }

        public void Follow(ushort identification)
        {
            for (int i = 0; i < _identifications.Count; i++)
            {
                (ushort last, int count) = _identifications[i];
                if ((ushort)(identification - last) is > 0 and <= SequenceStep)
                {
                    _identifications[i] = (identification, count + 1);
                    return;
                }
            }

            if (_identifications.Count < MaxSequences)
            {
                _identifications.Add((identification, 1));
            }
        }
    }
}
