using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>
/// Decides which of several sayings names an indicator: by category, then old finds last, by severity, by how many lines say it, by text.
/// The order is total, so the answer does not depend on the order of lists. Serves one thread.
/// </summary>
internal sealed class SayingPicker(ListSet set)
{
    private readonly Dictionary<int, int> _counts = [];
    private readonly Dictionary<int, TrailMeta> _adjusted = [];

    /// <summary>The saying for a group of indicators with one key.</summary>
    /// <param name="group">The indicators.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="isFinal">True when one of them is final.</param>
    public TrailMeta Pick(ReadOnlySpan<EntryRef> group, TrailKind kind, out bool isFinal)
    {
        if (group.Length == 1)
        {
            isFinal = set.Entry(group[0]).IsFinal;
            return Adjusted(set.Meta(group[0]), kind, isFinal);
        }

        _counts.Clear();
        isFinal = false;
        foreach (EntryRef place in group)
        {
            isFinal |= set.Entry(place).IsFinal;
            int meta = set.Meta(place);
            _counts[meta] = _counts.GetValueOrDefault(meta) + 1;
        }

        int best = -1;
        foreach ((int meta, int count) in _counts)
        {
            best = best < 0 || Compare(meta, count, best, _counts[best]) < 0 ? meta : best;
        }

        TrailMeta winner = Adjusted(best, kind, isFinal);
        return _counts.Count == 1 ? winner : WithOthers(winner);
    }

    private int Compare(int a, int countOfA, int b, int countOfB)
    {
        int order = TrailMeta.CompareStanding(set.Metas[a], set.Metas[b]);
        order = order != 0 ? order : countOfB.CompareTo(countOfA);
        return order != 0 ? order : TrailMeta.CompareText(set.Metas[a], set.Metas[b]);
    }

    private TrailMeta WithOthers(TrailMeta winner)
    {
        SortedSet<string> others = new(StringComparer.Ordinal);
        foreach (int meta in _counts.Keys)
        {
            others.Add(set.Metas[meta].Reference);
        }

        others.Remove(winner.Reference);
        return others.Count == 0 || winner.Reference.Contains(" (+", StringComparison.Ordinal)
            ? winner
            : new TrailMeta(winner.Info, $"{winner.Reference} (+{string.Join(',', others)})", winner.Category);
    }

    private TrailMeta Adjusted(int meta, TrailKind kind, bool isFinal)
    {
        TrailMeta said = set.Metas[meta];
        if (isFinal)
        {
            return said;
        }

        string info = said.Info == "ransomware" ? "ransomware (malware)" : said.Info == "malware" && kind == TrailKind.Address ? "potential malware site" : said.Info;
        if (ReferenceEquals(info, said.Info))
        {
            return said;
        }

        // Kept, so that a million such lines do not make a million sayings.
        int key = (meta * 2) + (kind == TrailKind.Address ? 1 : 0);
        if (!_adjusted.TryGetValue(key, out TrailMeta? adjusted))
        {
            adjusted = new TrailMeta(info, said.Reference, said.Category);
            _adjusted.Add(key, adjusted);
        }

        return adjusted;
    }
}
