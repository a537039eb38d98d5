using Vittne.Packets;

namespace Vittne.Flows.Analysis.Scans;

/// <summary>Slides over the attempts of one host in order of time, and marks those that are a scan.</summary>
internal sealed class ScanWindow(ScanOptions options)
{
    private readonly Dictionary<(IpAddress Host, int Port), int> _pairs = [];
    private readonly Dictionary<IpAddress, Tally> _hosts = [];
    private readonly Dictionary<int, Tally> _ports = [];
    private readonly Dictionary<IpAddress, List<(long From, long To)>> _vertical = [];
    private readonly Dictionary<int, List<(long From, long To)>> _horizontal = [];

    /// <summary>Marks the attempts, which are in order of time: which are parts of a vertical, which of a horizontal scan.</summary>
    public void Mark(IReadOnlyList<ScanAttempt> attempts, bool[] isVertical, bool[] isHorizontal)
    {
        int oldest = 0;
        for (int i = 0; i < attempts.Count; i++)
        {
            ScanAttempt attempt = attempts[i];
            while (attempts[oldest].StartNs < attempt.StartNs - options.WindowNs)
            {
                Remove(attempts[oldest++]);
            }

            Add(attempt);
            long from = attempts[oldest].StartNs;
            Check(_hosts[attempt.Target], options.MinPorts, _vertical, attempt.Target, from, attempt.StartNs);
            Check(_ports[attempt.Port], options.MinHosts, _horizontal, attempt.Port, from, attempt.StartNs);
        }

        for (int i = 0; i < attempts.Count; i++)
        {
            isVertical[i] = IsWithin(_vertical, attempts[i].Target, attempts[i].StartNs);
            isHorizontal[i] = IsWithin(_horizontal, attempts[i].Port, attempts[i].StartNs);
        }
    }

    private void Check<TKey>(Tally tally, int wanted, Dictionary<TKey, List<(long From, long To)>> spans, TKey key, long from, long to)
        where TKey : notnull
    {
        if (tally.Distinct < wanted || tally.Unanswered < options.MinUnanswered * tally.Attempts)
        {
            return;
        }

        if (!spans.TryGetValue(key, out List<(long From, long To)>? list))
        {
            spans.Add(key, list = []);
        }

        if (list.Count > 0 && list[^1].To >= from)
        {
            list[^1] = (list[^1].From, to);
        }
        else
        {
            list.Add((from, to));
        }
    }

    private static bool IsWithin<TKey>(Dictionary<TKey, List<(long From, long To)>> spans, TKey key, long at)
        where TKey : notnull
    {
        if (!spans.TryGetValue(key, out List<(long From, long To)>? list))
        {
            return false;
        }

        // Spans are in order of time and apart: the first that ends at or after the time is the only one that can hold it.
        int low = 0, high = list.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = list[middle].To < at ? (middle + 1, high) : (low, middle);
        }

        return list[low].From <= at && at <= list[low].To;
    }

    private void Add(in ScanAttempt attempt)
    {
        (IpAddress, int) pair = (attempt.Target, attempt.Port);
        bool isNew = !_pairs.TryGetValue(pair, out int count);
        _pairs[pair] = count + 1;
        Of(_hosts, attempt.Target).Add(attempt.IsUnanswered, isNew);
        Of(_ports, attempt.Port).Add(attempt.IsUnanswered, isNew);
    }

    private void Remove(in ScanAttempt attempt)
    {
        (IpAddress, int) pair = (attempt.Target, attempt.Port);
        bool isLast = --_pairs[pair] == 0;
        if (isLast)
        {
            _pairs.Remove(pair);
        }

        if (Of(_hosts, attempt.Target).Remove(attempt.IsUnanswered, isLast))
        {
            _hosts.Remove(attempt.Target);
        }

        if (Of(_ports, attempt.Port).Remove(attempt.IsUnanswered, isLast))
        {
            _ports.Remove(attempt.Port);
        }
    }

    private static Tally Of<TKey>(Dictionary<TKey, Tally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out Tally? tally))
        {
            tallies.Add(key, tally = new Tally());
        }

        return tally;
    }

    private sealed class Tally
    {
        public int Distinct { get; private set; }

        public int Attempts { get; private set; }

        public int Unanswered { get; private set; }

        public void Add(bool isUnanswered, bool isNew)
        {
            Attempts++;
            Unanswered += isUnanswered ? 1 : 0;
            Distinct += isNew ? 1 : 0;
        }

        /// <summary>True when nothing is left.</summary>
        public bool Remove(bool isUnanswered, bool isLast)
        {
            Attempts--;
            Unanswered -= isUnanswered ? 1 : 0;
            Distinct -= isLast ? 1 : 0;
            return Attempts == 0;
        }
    }
}
