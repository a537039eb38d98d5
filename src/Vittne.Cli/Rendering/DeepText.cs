using System.Globalization;
using System.Text;
using Vittne.Engine.Info.Deep;

namespace Vittne.Cli.Rendering;

/// <summary>What a look into packets has found, for people.</summary>
internal static class DeepText
{
    private const string TimeLine = "time_line";
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <summary>Writes answers and counts.</summary>
    public static void Write(DeepReport report, TextWriter output)
    {
        foreach (DeepAnswer answer in report.Answers)
        {
            string confidence = answer.Confidence == Confidence.None ? "" : $" ({Name(answer.Confidence)})";
            InfoText.Line(output, Words(answer.Question), $"{answer.Answer}{confidence}");
            string evidence = string.Join(", ", answer.Evidence.Where(static fact => fact.Value is not null).Select(static fact => $"{Words(fact.Name)} {Cell(fact.Value)}"));
            InfoText.Line(output, "", evidence);
        }

        foreach (DeepTable table in report.Tables)
        {
            if (table.Rows.Count > 0)
            {
                Write(table, output);
            }
        }
    }

    /// <summary>A confidence in output.</summary>
    public static string Name(Confidence confidence) => confidence switch
    {
        Confidence.High => "high",
        Confidence.Medium => "medium",
        Confidence.Low => "low",
        _ => "none",
    };

    private static void Write(DeepTable table, TextWriter output)
    {
        output.WriteLine($"  {Words(table.Name)}");
        if (table.Name == TimeLine)
        {
            output.WriteLine($"    packets  |{Bar(table, 1)}|");
            output.WriteLine($"    bytes    |{Bar(table, 2)}|");
            return;
        }

        List<string[]> rows = [[.. table.Columns.Select(Words)]];
        rows.AddRange(table.Rows.Select(static row => row.Select(static cell => TerminalText.Escape(Cell(cell))).ToArray()));
        int[] widths = [.. table.Columns.Select((_, column) => rows.Max(row => row[column].Length))];
        bool[] isText = [.. table.Columns.Select((_, column) => table.Rows.Any(row => row[column] is string))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => isText[column] ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine($"    {string.Join("  ", cells).TrimEnd()}");
        }
    }

    /// <summary>Amounts as bars, the largest one full.</summary>
    private static string Bar(DeepTable table, int column)
    {
        long most = table.Rows.Max(row => row[column] as long? ?? 0);
        var bar = new StringBuilder();
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            long amount = row[column] as long? ?? 0;
            int height = most > 0 ? (int)Math.Ceiling((double)amount / most * (Bars.Length - 1)) : 0;
            bar.Append(Bars[height]);
        }

        return bar.ToString();
    }

    private static string Words(string name) => name.Replace('_', ' ');

    private static string Cell(object? value) => value switch
    {
        null => "-",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        bool isTrue => isTrue ? "yes" : "no",
        _ => value.ToString() ?? "-",
    };
}
