using System.IO.Hashing;
using System.Runtime.InteropServices;
using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Finds packets that were recorded twice: equal but for hardware addresses, VLAN, time to live and checksums, within a millisecond.</summary>
internal sealed class DuplicateFinder : DeepAnalysis
{
    private const int Slots = 1 << 15;
    private const long WindowNs = 1_000_000;
    private const int DelayBuckets = 32;
    private const int PayloadHead = 256;

    private readonly Seen[] _seen = new Seen[Slots];
    private readonly Seen[] _seenContents = new Seen[Slots];
    private readonly long[] _delays = new long[DelayBuckets];
    private long _packets;
    private long _duplicates;
    private long _sameFrame;
    private long _otherVlan;
    private long _otherHop;

    /// <summary>Segments that came again with one address translated.</summary>
    public long Translated { get; private set; }

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        if (!packet.HasIp || packet.Facts.FragmentOffset > 0)
        {
            return;
        }

        _packets++;
        ref readonly DecodedPacket headers = ref packet.Headers;
        ReadOnlySpan<byte> payload = packet.Payload;
        var content = new Content(
            headers.SequenceNumber,
            headers.AcknowledgmentNumber,
            (uint)headers.PayloadWireLength,
            ((uint)headers.TcpFlags << 16) | headers.Window,
            XxHash3.HashToUInt64(payload[..Math.Min(payload.Length, PayloadHead)]),
            XxHash3.HashToUInt64(payload[^Math.Min(payload.Length, 16)..]));
        ulong contentHash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<Content>(in content)));
        var ends = new Ends(
            headers.Source,
            headers.Destination,
            ((uint)headers.SourcePort << 16) | headers.DestinationPort,
            (uint)(packet.Facts.IpIdentification ?? 0),
            headers.Protocol);
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<Ends>(in ends)), (long)contentHash);
        long now = packet.Reference.TimestampNs;
        ulong vlan = packet.Facts.Vlans.Count > 0 ? (ulong)packet.Facts.Vlans[0] : 0;
        ulong frame = (packet.Facts.SourceMac ?? 0) ^ ((packet.Facts.DestinationMac ?? 0) << 8);
        ref Seen seen = ref _seen[hash % Slots];
        if (seen.Hash == hash && now - seen.TimestampNs is >= 0 and <= WindowNs)
        {
            Count(seen, now, vlan, frame, headers.TimeToLive);
        }
        else if (headers.Protocol == IpProtocol.Tcp && (headers.PayloadLength > 0 || packet.HasFlags(TcpFlag.Syn)))
        {
            ref Seen before = ref _seenContents[contentHash % Slots];
            if (before.Hash == contentHash && now - before.TimestampNs is >= 0 and <= WindowNs && IsTranslated(before.Ends, ends))
            {
                Translated++;
            }

            before = new Seen(contentHash, now, vlan, frame, headers.TimeToLive, ends);
        }

        seen = new Seen(hash, now, vlan, frame, headers.TimeToLive, ends);
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        double share = Share(_duplicates, _packets);
        string where = _otherHop >= _sameFrame && _otherHop >= _otherVlan ? "before and behind a router"
            : _otherVlan >= _sameFrame ? "in several VLANs"
            : "at one place (mirror of both directions)";
        report.Answer(
            "recorded_twice",
            _packets == 0 ? DeepAnswer.Unknown : _duplicates == 0 ? "no" : where,
            _packets == 0 ? Confidence.None : _duplicates == 0 ? (_packets > 100 ? Confidence.High : Confidence.Medium) : share > 0.05 ? Confidence.High : Confidence.Low,
            ("share", share),
            ("duplicates", _duplicates),
            ("same_frame", _sameFrame),
            ("other_vlan", _otherVlan),
            ("other_ttl", _otherHop),
            ("median_delay_us_below", MedianDelay()));
    }

    /// <summary>The same connection with one end of it under another address, one private and one public.</summary>
    private static bool IsTranslated(in Ends before, in Ends after) =>
        before.Protocol == after.Protocol
        && ((before.Destination == after.Destination && (ushort)before.Ports == (ushort)after.Ports && before.Source.IsPrivate != after.Source.IsPrivate)
            || (before.Source == after.Source && before.Ports >> 16 == after.Ports >> 16 && before.Destination.IsPrivate != after.Destination.IsPrivate));

    private void Count(in Seen seen, long now, ulong vlan, ulong frame, byte ttl)
    {
        _duplicates++;
        int bucket = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(now - seen.TimestampNs) / 1_000);
        _delays[Math.Min(bucket, DelayBuckets - 1)]++;
        if (ttl != seen.TimeToLive)
        {
            _otherHop++;
        }
        else if (vlan != seen.Vlan)
        {
            _otherVlan++;
        }
        else
        {
            _sameFrame += frame == seen.Frame ? 1 : 0;
        }
    }

    private long? MedianDelay()
    {
        long below = 0;
        for (int i = 0; i < DelayBuckets && _duplicates > 0; i++)
        {
            below += _delays[i];
            if (below * 2 >= _duplicates)
            {
                return 1L << i;
            }
        }

        return null;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Content(uint Sequence, uint Acknowledgment, uint Length, uint Control, ulong Head, ulong Tail);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly record struct Ends(IpAddress Source, IpAddress Destination, uint Ports, uint Identification, uint Protocol);

    private readonly record struct Seen(ulong Hash, long TimestampNs, ulong Vlan, ulong Frame, byte TimeToLive, Ends Ends);
}
