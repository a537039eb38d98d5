using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Transport;

namespace Vittne.Engine.Info.Deep;

/// <summary>Whether the capture was made on a host whose network card finishes packets: segments beyond the MTU, checksums not yet made.</summary>
internal sealed class OffloadAnalysis : DeepAnalysis
{
    private const int MaxSenders = 8_192;
    private const int EthernetMtu = 1_500;
    private const int TcpChecksumAt = 16;
    private const int Told = 10;

    private readonly Dictionary<IpAddress, Sender> _senders = [];
    private long _large;
    private long _checked;
    private long _bad;
    private long _untracked;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        if (!packet.IsTcp)
        {
            return;
        }

        bool isLarge = packet.Facts.IpLength > EthernetMtu;
        ReadOnlySpan<byte> segment = packet.TcpSegment(out int headerLength);

        // Only what was captured to its end can be checked.
        bool isWhole = !segment.IsEmpty && segment.Length == headerLength + packet.Headers.PayloadWireLength && (packet.Headers.Flags & DecodedFlags.Truncated) == 0;
        bool isBad = isWhole && !TransportChecksum.IsRight(segment, packet.Headers.Source, packet.Headers.Destination, IpProtocol.Tcp);
        _large += isLarge ? 1 : 0;
        _checked += isWhole ? 1 : 0;
        _bad += isBad ? 1 : 0;
        if (!_senders.TryGetValue(packet.Headers.Source, out Sender? sender))
        {
            if (_senders.Count >= MaxSenders)
            {
                _untracked++;
                return;
            }

            _senders[packet.Headers.Source] = sender = new Sender();
        }

        sender.Large += isLarge ? 1 : 0;
        sender.Checked += isWhole ? 1 : 0;
        sender.Bad += isBad ? 1 : 0;
        sender.Partial += isBad && IsPseudoOnly(segment, packet.Headers) ? 1 : 0;
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        List<(IpAddress Address, Sender Sender)> bad = [.. _senders
            .Select(static item => (item.Key, item.Value))
            .Where(static item => item.Value.Bad > 0 || item.Value.Large > 0)
            .OrderByDescending(static item => item.Value.Bad)
            .ThenByDescending(static item => item.Value.Large)
            .ThenBy(static item => item.Key)];
        List<(IpAddress Address, Sender Sender)> makers = bad.FindAll(static item => item.Sender.Bad > 0);
        long partial = makers.Sum(static item => item.Sender.Partial);

        // One side's packets are wrong, and those of all others are right.
        bool isOneSided = makers.Count == 1 && _checked > makers[0].Sender.Checked;
        bool isOffload = _bad > 0 && (partial * 2 > _bad || isOneSided);
        report.Answer(
            "offload",
            _checked == 0 && _large == 0 ? DeepAnswer.Unknown : isOffload && _large > 0 ? "checksums and segmentation"
                : isOffload ? "checksums"
                : _large > 0 ? "segmentation"
                : _bad > 0 ? "bad checksums on both sides"
                : "no sign",
            _checked == 0 && _large == 0 ? Confidence.None : isOffload && (partial > 0 || _bad > 2) ? Confidence.High : isOffload || _large > 0 ? Confidence.Medium : Confidence.Low,
            ("checked_segments", _checked),
            ("bad_checksums", _bad),
            ("bad_checksum_share", Share(_bad, _checked)),
            ("pseudo_header_only", partial),
            ("segments_beyond_1500_bytes", _large),
            ("senders_with_bad_checksums", (long)makers.Count),
            ("capturing_host", isOneSided ? makers[0].Address.ToString() : null),
            ("segments_of_untracked_senders", _untracked));
        report.Table(
            "offload_senders",
            ["address", "checked", "bad", "pseudo_header_only", "beyond_1500_bytes"],
            bad.Take(Told).Select(static item => new object?[] { item.Address.ToString(), item.Sender.Checked, item.Sender.Bad, item.Sender.Partial, item.Sender.Large }));
    }

    /// <summary>Whether the checksum is the sum of the pseudo header, which is what a system leaves for the card to finish.</summary>
    private static bool IsPseudoOnly(ReadOnlySpan<byte> segment, in DecodedPacket headers)
    {
        Span<byte> pseudo = stackalloc byte[2 * IpAddress.V6Length];
        int length = headers.Source.Write(pseudo);
        length += headers.Destination.Write(pseudo[length..]);
        uint sum = IpProtocol.Tcp + (uint)segment.Length;
        for (int i = 0; i < length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(pseudo[i..]);
        }

        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return BinaryPrimitives.ReadUInt16BigEndian(segment[TcpChecksumAt..]) == sum;
    }

    /// <summary>What one address sent.</summary>
    private sealed class Sender
    {
        public long Large { get; set; }

        public long Checked { get; set; }

        public long Bad { get; set; }

        public long Partial { get; set; }
    }
}
