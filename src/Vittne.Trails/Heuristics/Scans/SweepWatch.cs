using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>
/// The destinations that one source asked for one thing, and which of them did not accept. 64 of a sweep are watched until each is settled: those
/// that come after them would only say the same.
/// </summary>
internal struct SweepWatch
{
    private const int MaxTargets = 64;
    private const int FirstTargets = 8;

    /// <summary>Of the destinations in a window more than nine in ten must not accept.</summary>
    private const double Share = 0.9;

    /// <summary>
    /// A destination that is not settled by then accepted: a handshake without answer ends a minute after its last SYN, which comes up to a minute
    /// after the first.
    /// </summary>
    private const long SettledAfterNs = 200_000_000_000;

    private Target[]? _targets;
    private int _count;
    private int _silent;
    private bool _isToBeJudged;

    /// <summary>True while destinations of the last window are not settled.</summary>
    public readonly bool IsOpen(long nowNs, long windowNs) =>
        _targets is not null && _count > 0 && Math.Abs(nowNs - _targets[_count - 1].StartNs) <= windowNs;

    /// <summary>Notes a destination that is asked.</summary>
    public void Add(FlowIdentity flow, long nowNs)
    {
        _targets ??= new Target[FirstTargets];
        ForgetSettled(_targets, nowNs);
        if (_count == MaxTargets || IndexOf(_targets, flow.Destination) >= 0)
        {
            return;
        }

        if (_count == _targets.Length)
        {
            Array.Resize(ref _targets, Math.Min(MaxTargets, _count * 2));
        }

        _targets[_count++] = new Target { Flow = flow, StartNs = nowNs };
    }

    /// <summary>Notes that a destination answered after all.</summary>
    public readonly void Answer(in IpAddress address)
    {
        int at = _targets is null ? -1 : IndexOf(_targets, address);
        if (at >= 0)
        {
            _targets![at].IsAnswered = true;
        }
    }

    /// <summary>Notes that a destination did not accept.</summary>
    /// <returns>True when <see cref="Judge"/> is to be asked, once: enough did not accept.</returns>
    public bool Silence(in IpAddress address, int threshold)
    {
        int at = _targets is null ? -1 : IndexOf(_targets, address);
        if (at < 0 || _targets![at].IsAnswered || _targets[at].IsSilent)
        {
            return false;
        }

        _targets[at].IsSilent = true;
        _silent++;
        if (_isToBeJudged || _silent <= threshold * Share)
        {
            return false;
        }

        _isToBeJudged = true;
        return true;
    }

    /// <summary>Says whether this is a sweep.</summary>
    /// <returns>The first flow of the sweep, and the watch then begins anew; null when it is none so far.</returns>
    public FlowIdentity? Judge(int threshold, long windowNs, out int asked, out int unanswered)
    {
        _isToBeJudged = false;
        FlowIdentity? first = FirstOfSweep(threshold, windowNs, out asked, out unanswered);
        if (first is not null)
        {
            (_count, _silent, _targets) = (0, 0, null);
        }

        return first;
    }

    private readonly FlowIdentity? FirstOfSweep(int threshold, long windowNs, out int asked, out int unanswered)
    {
        (asked, unanswered) = (0, 0);
        int first = 0;
        for (int last = 0; last < _count; last++)
        {
            unanswered += _targets![last].IsSilent ? 1 : 0;
            while (Math.Abs(_targets[last].StartNs - _targets[first].StartNs) > windowNs)
            {
                unanswered -= _targets[first].IsSilent ? 1 : 0;
                first++;
            }

            asked = last - first + 1;
            if (asked > threshold && unanswered > asked * Share)
            {
                return _targets![first].Flow;
            }
        }

        return null;
    }

    private void ForgetSettled(Target[] targets, long nowNs)
    {
        int settled = 0;
        while (settled < _count && Math.Abs(nowNs - targets[settled].StartNs) > SettledAfterNs)
        {
            _silent -= targets[settled].IsSilent ? 1 : 0;
            settled++;
        }

        if (settled > 0)
        {
            Array.Copy(targets, settled, targets, 0, _count - settled);
            _count -= settled;
        }
    }

    private readonly int IndexOf(Target[] targets, in IpAddress address)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (targets[i].Flow.Destination == address)
            {
                return i;
            }
        }

        return -1;
    }

    private struct Target
    {
        public FlowIdentity Flow;
        public long StartNs;
        public bool IsSilent;
        public bool IsAnswered;
    }
}
