using System.CommandLine;
using Vittne.Cli.Rendering;
using Vittne.Flows.Aggregation;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne flows</c> understands about the work between reading and writing: conditions, merging, bins, order, columns, analyses.</summary>
internal sealed class FlowJobArguments
{
    private const string AggregateName = "--aggregate";

    public Option<string[]> Where { get; } = new("--where")
    {
        Description = "Keep records that meet a condition: 'tcp and dport in (80, 443) and sbytes > 1M and saddr = 10.0.0.0/8'; words of ra's filter are understood. Several must all be met.",
        HelpName = "EXPR",
    };

    public Option<string> Aggregate { get; } = new(AggregateName)
    {
        Description = "Merge records by keys; without a value by both addresses, both ports and protocol, whichever side began (key 'tuple'). Other keys: saddr[/L] daddr[/L] matrix[/L] proto sport dport stos dtos sttl dttl smac dmac soui doui vlan mpls inode scountry dcountry sas das service conn_state hour day none.",
        HelpName = "[KEY,…]",
    };

    public Option<bool> Bidirectional { get; } = new("--bidirectional") { Description = "With keys of one's own, also merge records whose sides are in each other's place." };

    public Option<string> Bins { get; } = new("--bins") { Description = "Cut records at the borders of bins of time, and merge each bin by itself: 30s, 5m, 1h, 1d, 1w, 1M, 1y.", HelpName = "T" };

    public Option<bool> BinsHard { get; } = new("--bins-hard") { Description = "Times of records are the borders of their bins." };

    public Option<bool> BinsZero { get; } = new("--bins-zero") { Description = "A record of zeros for each empty bin." };

    public Option<string> Sort { get; } = new("--sort")
    {
        Description = "Sort by fields: counts, rates and durations begin with the largest, the rest with the smallest; :asc and :desc say otherwise.",
        HelpName = "FIELD[:asc|:desc],…",
    };

    public Option<int?> Top { get; } = new("--top") { Description = "Only the first N records; without --sort the N with the most bytes.", HelpName = "N" };

    public Option<string> Fields { get; } = new("--fields")
    {
        Description = "Columns; +NAME adds to those that are shown without it and -NAME takes away: --fields=+tcprtt,-service. 'list' tells all.",
        HelpName = "FIELD,…",
    };

    public Option<string> Format { get; } = new("--format")
    {
        Description = string.Join(", ", FlowForms.All.Select(static format => format.Name)) + "; table when none is named.",
        HelpName = "FORM",
    };

    public Option<int> MaxGroups { get; } = new("--max-groups")
    {
        Description = "Keys that are merged at once; the one used longest ago is told early when there are more.",
        DefaultValueFactory = static _ => FlowAggregator.DefaultMaxGroups,
        HelpName = "N",
    };

    public Option<int> MaxRecords { get; } = new("--max-records")
    {
        Description = "Records that are sorted at once; those at the end of the order are left out when there are more.",
        DefaultValueFactory = static _ => Flows.Sorting.FlowSorter.DefaultMaxRecords,
        HelpName = "N",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public Option[] All => [Where, Aggregate, Bidirectional, Bins, BinsHard, BinsZero, Sort, Top, Fields, Format, MaxGroups, MaxRecords];

    /// <summary>Those that mean nothing to analyses.</summary>
    public Option[] OfFlows => [Aggregate, Bidirectional, Bins, BinsHard, BinsZero, Sort, Top, Fields];

    /// <summary>
    /// Writes out the key that <c>--aggregate</c> has without a value: the word behind it is its value unless that is an option, standard input
    /// or a file that is there, and no list of keys.
    /// </summary>
    public static string[] Spell(string[] arguments)
    {
        var spelled = new List<string>(arguments.Length + 1);
        bool isOver = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            spelled.Add(arguments[i]);
            isOver |= arguments[i] == "--";
            if (!isOver && arguments[i] == AggregateName && (i + 1 == arguments.Length || IsNoKey(arguments[i + 1])))
            {
                spelled.Add(FlowKey.TupleName);
            }
        }

        return [.. spelled];
    }

    private static bool IsNoKey(string word) => word.StartsWith('-')
        || (!FlowKey.TryParse(word, false, out _, out _) && (Path.Exists(word) || word.AsSpan().ContainsAny("*?[.")));

    /// <summary>Declares everything on the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in All)
        {
            verb.Add(option);
        }
    }
}
