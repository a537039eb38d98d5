using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Lays out what an index keeps of its lists: names, aliases, counts, references, rules for events to ignore.</summary>
internal static class ListSections
{
    /// <summary>The sections of a set of lists; their texts go into the pool.</summary>
    public static IReadOnlyList<BuiltSection> Build(ListSet set, TextPool strings)
    {
        var lists = new SectionBytes();
        var blocks = new SectionBytes();
        var references = new SectionBytes();
        var ignored = new SectionBytes();
        for (int i = 0; i < set.Lists.Length; i++)
        {
            ParsedList list = set.Lists[i];
            lists.Add((uint)strings.Add(list.Name));
            lists.Add((uint)strings.Add(list.Aliases));
            lists.Add((uint)set.LineBases[i]);
            lists.Add((uint)list.LineCount);
            lists.Add((uint)list.ContentLines);
            lists.Add((uint)list.EntryCount);
            lists.Add((uint)list.Faults.Where((_, fault) => LineFaultWords.IsBroken((LineFault)fault)).Sum());
            lists.Add((uint)list.Format);
            lists.Add((ulong)(list.Digest >> 64));
            lists.Add((ulong)list.Digest);

            // Each list begins with an empty block, so that no reference reaches into the next one.
            blocks.Add((uint)set.LineBases[i]);
            blocks.Add((uint)(references.Length / sizeof(uint)));
            foreach (ReferenceBlock block in list.Blocks)
            {
                blocks.Add((uint)(set.LineBases[i] + block.Line));
                blocks.Add((uint)(references.Length / sizeof(uint)));
                for (int k = 0; k < block.Count; k++)
                {
                    references.Add((uint)strings.Add(list.References[list.BlockReferences[block.First + k]]));
                }
            }

            foreach (string rule in list.IgnoreRules)
            {
                ignored.Add((uint)strings.Add(rule));
            }
        }

        return
        [
            lists.ToSection(SectionId.Lists, p0: (uint)set.Lists.Length),
            blocks.ToSection(SectionId.Blocks, p0: (uint)(blocks.Length / TrailLists.BlockLength)),
            references.ToSection(SectionId.BlockReferences, p0: (uint)(references.Length / sizeof(uint))),
            ignored.ToSection(SectionId.IgnoreRules, p0: (uint)(ignored.Length / sizeof(uint))),
        ];
    }
}
