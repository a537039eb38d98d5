using System.Runtime.CompilerServices;

namespace Vittne.Engine.Info.Deep;

/// <summary>One direction of a TCP connection: what was sent, what is missing, what came again.</summary>
internal struct TcpSide
{
    private const int Holes = 4;

    private HoleList _holes;
    private byte _holeCount;
    private bool _hasNext;
    private uint _next;

    /// <summary>Packets of this direction.</summary>
    public int Packets;

    /// <summary>Packets of it that are no bare SYN.</summary>
    public int Beyond;

    /// <summary>When the first timestamp option was seen.</summary>
    public long ClockFirstNs;

    /// <summary>When the newest one was seen.</summary>
    public long ClockLastNs;

    /// <summary>The first timestamp.</summary>
    public uint ClockFirst;

    /// <summary>The newest timestamp.</summary>
    public uint ClockLast;

    /// <summary>Whether timestamps were seen.</summary>
    public bool HasClock;

    /// <summary>Takes a segment of this direction.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="length">Bytes of sequence space, SYN and FIN included.</param>
    /// <param name="isSyn">True for one with SYN: a new beginning.</param>
    /// <param name="repeated">Bytes that had been seen before.</param>
    public void Send(uint sequence, int length, bool isSyn, out int repeated)
    {
        repeated = 0;
        uint end = sequence + (uint)length;
        if (!_hasNext || (isSyn && end != _next))
        {
            _hasNext = true;
            _next = end;
            _holeCount = 0;
            return;
        }

        int ahead = (int)(sequence - _next);
        if (ahead > 0)
        {
            AddHole(_next, sequence);
        }
        else if (length > 0 && ahead < 0)
        {
            int known = Math.Min(length, -ahead);
            repeated = known - Fill(sequence, sequence + (uint)known);
        }

        if ((int)(end - _next) > 0)
        {
            _next = end;
        }
    }

    /// <summary>The other side says that it has everything before a number.</summary>
    /// <returns>Bytes that it has and the capture has not.</returns>
    public long Acknowledge(uint number)
    {
        if (!_hasNext)
        {
            return 0;
        }

        long lost = 0;
        int kept = 0;
        for (int i = 0; i < _holeCount; i++)
        {
            (uint start, uint end) = _holes[i];
            if ((int)(number - end) >= 0)
            {
                lost += end - start;
            }
            else
            {
                _holes[kept++] = _holes[i];
            }
        }

        _holeCount = (byte)kept;
        int beyond = (int)(number - _next);
        if (beyond > 0)
        {
            lost += beyond;
            _next = number;
        }

        return lost;
    }

    private void AddHole(uint start, uint end)
    {
        if (_holeCount == Holes)
        {
            // The oldest is given up: it counts neither as lost nor as come again.
            for (int i = 1; i < Holes; i++)
            {
                _holes[i - 1] = _holes[i];
            }

            _holeCount--;
        }

        _holes[_holeCount++] = (start, end);
    }

    /// <summary>Fills holes and returns how many bytes of them were filled.</summary>
    private int Fill(uint start, uint end)
    {
        int filled = 0;
        for (int i = 0; i < _holeCount; i++)
        {
            (uint from, uint to) = _holes[i];
            uint first = (int)(start - from) > 0 ? start : from;
            uint last = (int)(end - to) < 0 ? end : to;
            if ((int)(last - first) <= 0)
            {
                continue;
            }

            filled += (int)(last - first);

            // A piece from the middle leaves the part behind it; what is before it counts as come.
            _holes[i] = last == to ? (from, first) : (last, to);
        }

        return filled;
    }

    [InlineArray(Holes)]
    private struct HoleList
    {
        private (uint Start, uint End) _first;
    }
}
