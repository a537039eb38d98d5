using System.Runtime.InteropServices;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Takes an index apart into lists again, so that it can be combined with others. Its clean-up stands: all of it is final.</summary>
internal static class IndexReader
{
    /// <summary>The lists of an index.</summary>
    public static List<ParsedList> Lists(TrailIndex index)
    {
        TrailLists known = index.TrailLists;
        ParsedList[] lists = new ParsedList[known.Count];
        Dictionary<TrailMeta, int>[] metas = new Dictionary<TrailMeta, int>[lists.Length];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = Head(known, i);
            metas[i] = [];
        }

        foreach (SectionId id in TableKind.All)
        {
            KeyTable table = index.Table(id);
            for (int i = 0; i < table.Count; i++)
            {
                int number = table.FirstNumber + i;
                (TrailMeta meta, uint[] lines) = index.Rows.Parts(number);
                ReadOnlySpan<byte> key = table.Key(number);
                TrailKind kind = TableKind.KindOf(id, key);
                key = TableKind.IsTyped(id) && !key.IsEmpty ? key[1..] : key;
                foreach (uint line in lines)
                {
                    int list = known.ListOf(line);
                    if (list >= 0 && !key.IsEmpty && lists[list].Format != ListFormat.Whitelist)
                    {
                        lists[list].Add(kind, key, isFinal: true, known.LineIn(list, line), Number(lists[list], metas[list], meta));
                    }
                }
            }
        }

        return [.. lists, Whitelist(index)];
    }

    private static ParsedList Head(TrailLists known, int number)
    {
        TrailListInfo info = known.Info(number);
        var list = new ParsedList(info.Name, info.Format == ListFormat.Whitelist ? ListFormat.Unused : info.Format, 0)
        {
            Digest = known.Digest(number),
            LineCount = (int)Math.Min(info.Lines, int.MaxValue / 2),
            ContentLines = (int)Math.Min(info.ContentLines, int.MaxValue / 2),
            Aliases = info.Aliases,
        };
        foreach ((int line, string[] references) in known.Blocks(number))
        {
            list.Blocks.Add(new ReferenceBlock(line, list.BlockReferences.Count, references.Length));
            list.BlockReferences.AddRange(references.Select(list.References.Add));
        }

        return list;
    }

    /// <summary>The whitelist, which an index holds compiled, as a list of its own.</summary>
    private static ParsedList Whitelist(TrailIndex index)
    {
        var list = new ParsedList("whitelist.txt", ListFormat.Whitelist, 0) { Digest = index.Hash.Seed };
        list.Metas.Add(new TrailMeta("whitelist", "(whitelist)", TrailCategory.Custom));
        KeyTable domains = index.Table(SectionId.WhitelistDomains);
        for (int i = 0; i < domains.Count; i++)
        {
            list.Add(TrailKind.Domain, domains.Key(i), isFinal: true, 0, 0);
        }

        KeyTable others = index.Table(SectionId.WhitelistOthers);
        for (int i = 0; i < others.Count; i++)
        {
            ReadOnlySpan<byte> key = others.Key(i);
            if (key.Length > 1)
            {
                list.Add(TableKind.KindOf(SectionId.WhitelistOthers, key), key[1..], isFinal: true, 0, 0);
            }
        }

        Span<byte> bytes = stackalloc byte[KeyText.NetworkLength];
        foreach (IpNetwork network in index.WhitelistNetworks())
        {
            KeyText.WriteNetwork(network, bytes);
            list.Add(TrailKind.Network, bytes, isFinal: true, 0, 0);
        }

        list.IgnoreRules.AddRange(index.IgnoreRules);
        return list;
    }

    private static int Number(ParsedList list, Dictionary<TrailMeta, int> numbers, TrailMeta meta)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, meta, out bool isKnown);
        if (!isKnown)
        {
            number = list.Metas.Count;
            list.Metas.Add(meta);
        }

        return number;
    }
}
