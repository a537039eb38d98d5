using System.Text;
using Vittne.Engine.Output;
using Vittne.Flows.Analysis;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Cli.Rendering;

/// <summary>Findings of analyses for people: a table for each analysis, whose columns it names.</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="analyses">The analyses.</param>
internal sealed class FindingTable(Stream output, IReadOnlyList<FlowAnalysis> analyses) : IRecordWriter
{
    private const int MaxCell = 60;

    // Times are shown to the millisecond; the rest of the digits is in the other forms.
    private const int TimeLength = 23;

    private readonly Dictionary<RecordSchema, List<string[]>> _rows = [];

    /// <inheritdoc/>
    public void Write(RecordSchema schema, Record record)
    {
        if (!_rows.TryGetValue(schema, out List<string[]>? rows))
        {
            _rows.Add(schema, rows = []);
        }

        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        var fields = new FieldCells((path, value) => cells[path] = cells.TryGetValue(path, out string? before) ? $"{before},{value}" : value);
        CommonFields.Write(new CommonView(schema, record, ""), fields);
        schema.Write(record, fields);
        IReadOnlyList<string> columns = ColumnsOf(schema);
        rows.Add([.. columns.Select(column => Cell(column, cells.GetValueOrDefault(column, "-")))]);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        var text = new StringBuilder();
        foreach (FlowAnalysis analysis in analyses)
        {
            List<string[]> rows = _rows.GetValueOrDefault(analysis.Schema, []);
            if (analyses.Count > 1 && rows.Count > 0)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(analysis.Schema.Description).Append('\n');
            }

            Append(text, analysis.Columns, rows);
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        output.Flush();
        _rows.Clear();
    }

    private IReadOnlyList<string> ColumnsOf(RecordSchema schema) => analyses.First(analysis => analysis.Schema == schema).Columns;

    private static string Cell(string column, string value)
    {
        string cell = TerminalText.Escape(value);
        return column is "first" or "last" && cell.Length > TimeLength ? cell[..TimeLength] : cell.Length > MaxCell ? string.Concat(cell.AsSpan(0, MaxCell - 1), "…") : cell;
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> columns, List<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. columns.Select((column, i) => Math.Max(column.Length, rows.Max(row => row[i].Length)))];
        bool[] areNumbers = [.. columns.Select((_, i) => rows.All(row => row[i] == "-" || double.TryParse(row[i], System.Globalization.CultureInfo.InvariantCulture, out double _)))];
        foreach (IReadOnlyList<string> row in rows.Prepend([.. columns]))
        {
            for (int i = 0; i < widths.Length; i++)
            {
                string cell = areNumbers[i] ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]);
                text.Append(i > 0 ? "  " : "").Append(cell);
            }

            while (text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }
    }
}
