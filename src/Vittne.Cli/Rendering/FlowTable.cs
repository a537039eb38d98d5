using System.Globalization;
using System.Text;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Cli.Rendering;

/// <summary>
/// Records as aligned columns. Widths are those of the first rows, so that a table of any length is written in bounded memory; a wider cell further
/// down pushes what is right of it. On a terminal times are dates and numbers have units; elsewhere both are plain, for programs.
/// </summary>
internal sealed class FlowTable : IFlowWriter
{
    // Rows that are looked at before the first is written.
    private const int Sample = 2_000;
    private const int FlushLength = 64 << 10;
    private const string Gap = "  ";

    private readonly Stream _output;
    private readonly FlowColumn[] _columns;
    private readonly bool _hasUnits;
    private readonly int[] _widths;
    private readonly List<string[]> _waiting = [];
    private readonly StringBuilder _text = new();
    private bool _isOpen;

    public FlowTable(FlowWriterOptions options)
    {
        _output = options.Output;
        _columns = [.. options.Columns ?? FlowColumns.Default];
        _hasUnits = options.IsTerminal;
        _widths = Array.ConvertAll(_columns, static column => column.Name.Length);
    }

    /// <inheritdoc/>
    public long LeftOut => 0;

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        string[] row = Array.ConvertAll(_columns, column => Cell(column, record));
        if (_isOpen)
        {
            Append(row);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            _widths[i] = Math.Max(_widths[i], row[i].Length);
        }

        _waiting.Add(row);
        if (_waiting.Count >= Sample)
        {
            Open();
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Open();
        WriteOut();
        _output.Flush();
    }

    private static bool IsNumber(FlowFieldKind kind) => kind is FlowFieldKind.Integer or FlowFieldKind.Decimal or FlowFieldKind.Duration;

    private void Open()
    {
        if (_isOpen)
        {
            return;
        }

        _isOpen = true;
        Append(Array.ConvertAll(_columns, static column => column.Name));
        foreach (string[] row in _waiting)
        {
            Append(row);
        }

        _waiting.Clear();
    }

    private void Append(string[] row)
    {
        int start = _text.Length;
        for (int i = 0; i < row.Length; i++)
        {
            int blanks = Math.Max(_widths[i] - row[i].Length, 0);
            bool isRight = IsNumber(_columns[i].Field.Kind);
            _text.Append(i > 0 ? Gap : "").Append(' ', isRight ? blanks : 0).Append(row[i]).Append(' ', isRight ? 0 : blanks);
        }

        while (_text.Length > start && _text[^1] == ' ')
        {
            _text.Length--;
        }

        _text.Append('\n');
        if (_text.Length >= FlushLength)
        {
            WriteOut();
        }
    }

    private string Cell(FlowColumn column, FlowRecord record)
    {
        FlowValue value = FlowCells.Get(column, record);
        return value.Kind switch
        {
            FlowFieldKind.Absent => "",
            FlowFieldKind.Text or FlowFieldKind.Texts => TerminalText.Escape(value.ToString()),
            FlowFieldKind.Time when _hasUnits => FlowUnits.Time(value.Number),
            FlowFieldKind.Duration when _hasUnits => FlowUnits.Duration(value.Number),
            FlowFieldKind.Integer when _hasUnits && column.Field.Name.EndsWith("bytes", StringComparison.Ordinal) => FlowUnits.Bytes(value.Number),
            FlowFieldKind.Integer when _hasUnits && column.Field.Name.EndsWith("pkts", StringComparison.Ordinal) => FlowUnits.Count(value.Number),
            FlowFieldKind.Decimal => value.Decimal.ToString(_hasUnits ? "0.###" : "0.######", CultureInfo.InvariantCulture),
            _ => FlowCells.Text(column, record, value),
        };
    }

    private void WriteOut()
    {
        _output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
