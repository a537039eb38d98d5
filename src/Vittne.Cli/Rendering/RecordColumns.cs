using System.Text;
using Vittne.Engine.Output;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Cli.Rendering;

/// <summary>Records as a table: a line each, a column for each field that was asked for.</summary>
internal sealed class RecordColumns : IRecordWriter
{
    private const int FlushLength = 64 << 10;

    private readonly Stream _output;
    private readonly IReadOnlyList<string> _captures;
    private readonly IReadOnlyList<ColumnRequest> _columns;
    private readonly ColumnForm _form;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder[] _cells;
    private readonly bool[] _isFilled;
    private readonly FieldCells _fields;
    private readonly Dictionary<RecordSchema, Dictionary<string, List<int>>> _places = [];
    private Dictionary<string, List<int>> _current = [];

    /// <summary>Makes the writer, and writes the header when there is to be one.</summary>
    /// <param name="output">Where bytes go.</param>
    /// <param name="captures">Paths of the captures as the user gave them, by their number.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="form">How cells are joined and quoted.</param>
    public RecordColumns(Stream output, IReadOnlyList<string> captures, IReadOnlyList<ColumnRequest> columns, ColumnForm form)
    {
        _output = output;
        _captures = captures;
        _columns = columns;
        _form = form;
        _cells = new StringBuilder[columns.Count];
        _isFilled = new bool[columns.Count];
        for (int i = 0; i < _cells.Length; i++)
        {
            _cells[i] = new StringBuilder();
        }

        _fields = new FieldCells(Take);
        if (form.HasHeader)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                _cells[i].Append(columns[i].Name);
            }

            EndLine();
        }
    }

    /// <inheritdoc/>
    public void Write(RecordSchema schema, Record record)
    {
        _current = PlacesOf(schema);
        CommonFields.Write(new CommonView(schema, record, _captures[record.At.Capture]), _fields);
        schema.Write(record, _fields);
        EndLine();
        if (_text.Length >= FlushLength)
        {
            WriteOut();
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        WriteOut();
        _output.Flush();
    }

    private void Take(string path, string value)
    {
        if (!_current.TryGetValue(path, out List<int>? columns))
        {
            return;
        }

        string escaped = TerminalText.Escape(value);
        if (_form.EscapesAggregator)
        {
            escaped = escaped.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(_form.Aggregator, "\\" + _form.Aggregator, StringComparison.Ordinal);
        }

        foreach (int column in columns)
        {
            if (_isFilled[column])
            {
                _cells[column].Append(_form.Aggregator);
            }

            _isFilled[column] = true;
            _cells[column].Append(escaped);
        }
    }

    private Dictionary<string, List<int>> PlacesOf(RecordSchema schema)
    {
        if (!_places.TryGetValue(schema, out Dictionary<string, List<int>>? places))
        {
            _places[schema] = places = [];
            for (int i = 0; i < _columns.Count; i++)
            {
                foreach (string path in _columns[i].Of(schema))
                {
                    if (!places.TryGetValue(path, out List<int>? columns))
                    {
                        places[path] = columns = [];
                    }

                    columns.Add(i);
                }
            }
        }

        return places;
    }

    private void EndLine()
    {
        for (int i = 0; i < _cells.Length; i++)
        {
            string cell = _cells[i].ToString();
            _text.Append(i == 0 ? "" : _form.Separator);
            if (_form.Quotes && cell.AsSpan().ContainsAny('"', ',', ';'))
            {
                _text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                _text.Append(cell);
            }

            _cells[i].Clear();
            _isFilled[i] = false;
        }

        _text.Append(_form.LineEnd);
    }

    private void WriteOut()
    {
        _output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
