using Vittne.Capture;
using Vittne.Capture.Live;

namespace Vittne.Engine.Spine;

/// <content>Reading from an interface: what is found is told as soon as it is, and time goes on when no packets come.</content>
public sealed partial class SpineRun
{
    /// <summary>Longest wait for packets: how late a stop is noticed when nothing comes.</summary>
    private const int WaitMilliseconds = 100;

    /// <summary>Timers of flows count in seconds, so they need not run more often when nothing comes.</summary>
    private const long QuietNs = 1_000_000_000;

    private void ReadLive(ILiveSource live, CancellationToken cancellation)
    {
        ReadOutcome outcome = ReadOutcome.More;
        while (outcome == ReadOutcome.More)
        {
            if (cancellation.IsCancellationRequested)
            {
                live.Stop();
            }

            if (live.Wait(milliseconds: 0) || WaitForPackets(live))
            {
                BatchSlot slot = TakeSlot();
                outcome = live.Read(slot.Batch.Packets);
                Dispatch(slot, capture: 0);
                CollectFinished();
            }

            options.Turn?.Invoke();
        }

        DrainAll();
        if (live.Failure is { } failure)
        {
            _summary.CapturesFailed++;
            _summary.Notes.Add($"{live.Name} {failure}");
        }
        else
        {
            _summary.CapturesRead++;
        }
    }

    private bool WaitForPackets(ILiveSource live)
    {
        DrainAll();
        options.Turn?.Invoke();
        if (live.Wait(WaitMilliseconds))
        {
            return true;
        }

        long horizon = live.HorizonNs;
        if (_now.Ordinal > 0 && horizon - _now.TimestampNs >= QuietNs)
        {
            PassTime(horizon);
        }

        return false;
    }

    private void PassTime(long nowNs)
    {
        BatchSlot slot = TakeSlot();
        slot.Batch.Packets.Count = 0;
        _decoder.Advance(slot.Batch, nowNs);
        slot.Capture = _now.Capture;
        slot.FirstOrdinal = _now.Ordinal + 1;
        _now = _now with { TimestampNs = nowNs };
        Post(slot, isLast: false);
        DrainAll();
    }

    private void CollectFinished()
    {
        while (_inFlight.TryPeek(out BatchSlot? oldest) && oldest.IsFinished)
        {
            CollectOldest();
        }
    }
}
