using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Protocols.Icmp;

/// <summary>Counts how the echo payload between two hosts changes, in tumbling minutes of capture time.</summary>
public sealed class EchoTraffic
{
    /// <summary>Bytes in front that a ping may fill with a time stamp: Linux writes a <c>timeval</c> of 16, others 8 or none.</summary>
    private const int StampLength = 16;

    /// <summary>So much of the rest is compared: pings of growing size repeat their pattern, tunnels have headers in front.</summary>
    private const int ComparedLength = 64;

    private const long WindowNs = 60_000_000_000;

    /// <summary>Changes at which a record is first made; then each time they doubled.</summary>
    private const int FirstTold = 16;

    private int[]? _counts;
    private RecentHashes _requests;
    private ulong _lastRequest;
    private ulong _lastReply;
    private long _windowNs;
    private int _nextTold = FirstTold;
    private int _packets;
    private int _changes;
    private int _unlike;
    private long _bytes;

    /// <summary>Takes a request or a reply.</summary>
    /// <returns>A record when there is enough to tell; else null.</returns>
    public EchoTrafficRecord? Take(bool isRequest, ReadOnlySpan<byte> payload, in FlowEntry flow, TunnelLayer[] tunnel, in PacketStamp at)
    {
        if (_packets == 0 || Math.Abs(at.TimestampNs - _windowNs) > WindowNs)
        {
            Begin(at.TimestampNs);
        }

        _packets++;
        ReadOnlySpan<byte> content = payload[Math.Min(payload.Length, StampLength)..];
        ulong hash = XxHash3.HashToUInt64(content[..Math.Min(content.Length, ComparedLength)]);
        ulong last = isRequest ? _lastRequest : _lastReply;
        bool isFirst = last == 0;
        if (isRequest)
        {
            _requests[_packets & 7] = hash;
            _lastRequest = hash | 1;
        }
        else
        {
            _unlike += IsLikeRequest(hash) ? 0 : 1;
            _lastReply = hash | 1;
        }

        if (isFirst || last == (hash | 1))
        {
            return null;
        }

        _changes++;
        _bytes += content.Length;
        _counts ??= new int[256];
        foreach (byte value in content)
        {
            _counts[value]++;
        }

        if (_changes < _nextTold)
        {
            return null;
        }

        _nextTold *= 2;
        return new EchoTrafficRecord
        {
            Flow = flow.Identify(tunnel),
            At = at,
            Direction = Direction.FromOriginator,
            Packets = _packets,
            Changes = _changes,
            ChangedBytes = _bytes,
            UnlikeReplies = _unlike,
            EntropyBits = Entropy(),
        };
    }

    private void Begin(long nowNs)
    {
        _windowNs = nowNs;
        _nextTold = FirstTold;
        (_packets, _changes, _unlike, _bytes) = (0, 0, 0, 0);
        _counts?.AsSpan().Clear();
    }

    private bool IsLikeRequest(ulong hash)
    {
        for (int i = 0; i < 8; i++)
        {
            if (_requests[i] == hash)
            {
                return true;
            }
        }

        return false;
    }

    private double Entropy()
    {
        double entropy = 0;
        foreach (int count in _counts!)
        {
            double share = (double)count / Math.Max(1, _bytes);
            entropy -= count > 0 ? share * Math.Log2(share) : 0;
        }

        return entropy;
    }

    [InlineArray(8)]
    private struct RecentHashes
    {
        private ulong _first;
    }
}
