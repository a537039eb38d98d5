using Vittne.Packets.Records;

namespace Vittne.Engine.Spine;

/// <summary>Puts the records of one batch into the order that does not depend on the number of workers.</summary>
internal static class RecordMerger
{
    private static readonly Comparer<(Record Record, int Index)> Order = Comparer<(Record Record, int Index)>.Create(static (left, right) =>
    {
        int order = Compare(left.Record, right.Record);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    });

    /// <summary>Calls <paramref name="take"/> for all records in order and empties the lists.</summary>
    public static void Drain(List<Record>[] lists, Action<Record> take)
    {
        foreach (List<Record> list in lists)
        {
            SortIfNeeded(list);
        }

        if (lists.Length == 1)
        {
            lists[0].ForEach(take);
            lists[0].Clear();
            return;
        }

        Span<int> positions = stackalloc int[lists.Length];
        positions.Clear();
        while (true)
        {
            int first = -1;
            for (int i = 0; i < lists.Length; i++)
            {
                if (positions[i] < lists[i].Count
                    && (first < 0 || Compare(lists[i][positions[i]], lists[first][positions[first]]) < 0))
                {
                    first = i;
                }
            }

            if (first < 0)
            {
                break;
            }

            take(lists[first][positions[first]++]);
        }

        foreach (List<Record> list in lists)
        {
            list.Clear();
        }
    }

    // Records of one packet and one flow come from one worker, in the order in which they were found.
    private static int Compare(Record left, Record right)
    {
        int order = left.At.Ordinal.CompareTo(right.At.Ordinal);
        return order != 0 ? order : left.Flow.Id.CompareTo(right.Flow.Id);
    }

    private static void SortIfNeeded(List<Record> list)
    {
        for (int i = 1; i < list.Count; i++)
        {
            if (Compare(list[i - 1], list[i]) > 0)
            {
                var indexed = new (Record Record, int Index)[list.Count];
                for (int j = 0; j < indexed.Length; j++)
                {
                    indexed[j] = (list[j], j);
                }

                Array.Sort(indexed, Order);
                for (int j = 0; j < indexed.Length; j++)
                {
                    list[j] = indexed[j].Record;
                }

                return;
            }
        }
    }
}
