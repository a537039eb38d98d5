using System.Globalization;
using System.Runtime.InteropServices;
using Vittne.Engine.Output;
using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Addresses, ports and pairs of addresses with the most bytes.</summary>
internal sealed class TalkerAnalysis : DeepAnalysis
{
    private const int MaxEntries = 131_072;
    private const int Told = 10;

    private readonly Dictionary<IpAddress, Amounts> _addresses = [];
    private readonly Dictionary<(IpAddress Low, IpAddress High), Amounts> _pairs = [];
    private readonly Dictionary<(byte Protocol, ushort Port), Amounts> _ports = [];
    private long _untracked;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        if (!packet.HasIp)
        {
            return;
        }

        ref readonly DecodedPacket headers = ref packet.Headers;
        int length = packet.Reference.OriginalLength;
        bool isLow = headers.Source <= headers.Destination;
        Count(_addresses, headers.Source, length, isForward: true);
        Count(_addresses, headers.Destination, length, isForward: false);
        Count(_pairs, isLow ? (headers.Source, headers.Destination) : (headers.Destination, headers.Source), length, isLow);
        if ((headers.Flags & DecodedFlags.HasPorts) != 0)
        {
            // The lower port is the service's, nearly always.
            bool isToService = headers.DestinationPort <= headers.SourcePort;
            Count(_ports, (headers.Protocol, isToService ? headers.DestinationPort : headers.SourcePort), length, isToService);
        }
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        report.Table(
            "talkers",
            ["address", "packets", "bytes", "bytes_sent", "bytes_received"],
            Top(_addresses).Select(static item => Row(item.Value, item.Key.ToString())));
        report.Table(
            "ports",
            ["protocol", "port", "packets", "bytes", "bytes_to_port", "bytes_from_port"],
            Top(_ports).Select(static item => Row(item.Value, ProtocolNames.Of(item.Key.Protocol), (long)item.Key.Port)));
        report.Table(
            "conversations",
            ["a", "b", "packets", "bytes", "bytes_a_to_b", "bytes_b_to_a"],
            Top(_pairs).Select(static item => Row(item.Value, item.Key.Low.ToString(), item.Key.High.ToString())));
        report.Answer(
            "talkers",
            string.Create(CultureInfo.InvariantCulture, $"{_addresses.Count} addresses in {_pairs.Count} conversations"),
            _untracked == 0 ? Confidence.High : Confidence.Low,
            ("addresses", (long)_addresses.Count),
            ("conversations", (long)_pairs.Count),
            ("ports", (long)_ports.Count),
            ("uncounted", _untracked));
    }

    private static IEnumerable<KeyValuePair<TKey, Amounts>> Top<TKey>(Dictionary<TKey, Amounts> counts)
        where TKey : notnull =>
        counts.OrderByDescending(static item => item.Value.Bytes).ThenByDescending(static item => item.Value.Packets).ThenBy(static item => item.Key).Take(Told);

    private static object?[] Row(in Amounts amounts, params ReadOnlySpan<object?> names) =>
        [.. names, amounts.Packets, amounts.Bytes, amounts.Forward, amounts.Bytes - amounts.Forward];

    private void Count<TKey>(Dictionary<TKey, Amounts> counts, TKey key, int length, bool isForward)
        where TKey : notnull
    {
        if (counts.Count >= MaxEntries && !counts.ContainsKey(key))
        {
            _untracked++;
            return;
        }

        ref Amounts amounts = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        amounts.Packets++;
        amounts.Bytes += length;
        amounts.Forward += isForward ? length : 0;
    }

    /// <summary>Counts of one entry.</summary>
    private struct Amounts
    {
        public long Packets;
        public long Bytes;
        public long Forward;
    }
}
