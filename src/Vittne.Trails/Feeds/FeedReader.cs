using System.Text;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Feeds;

/// <summary>
/// A feed as it is kept between updates, whatever it was when it came: rows <c>trail,info,reference</c>, behind a first line that names the
/// category. Unlike <c>trails.csv</c> its rows are not final: the clean-up applies.
/// </summary>
internal static class FeedReader
{
    private const string CategoryMark = "# category ";

    /// <summary>The first line of a feed.</summary>
    public static string Head(TrailCategory category) => $"{CategoryMark}{category.ToString().ToLowerInvariant()}\n";

    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        TrailCategory category = TrailCategory.Feed;
        var fields = new CsvFields();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#')
            {
                string comment = Encoding.UTF8.GetString(line);
                if (comment.StartsWith(CategoryMark, StringComparison.Ordinal) && Enum.TryParse(comment[CategoryMark.Length..], ignoreCase: true, out TrailCategory told)
                    && Enum.IsDefined(told))
                {
                    category = told;
                }

                continue;
            }

            builder.List.ContentLines++;
            if (!fields.TrySplit(line) || fields.Count != 3)
            {
                builder.List.AddFault(LineFault.BadRow, lines.Number, line);
                continue;
            }

            builder.Add(fields[0], lines.Number, builder.Meta(fields[1], fields[2], category), IndicatorRules.Clean);
        }

        builder.List.LineCount = lines.Number;
    }
}
