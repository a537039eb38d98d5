using System.Buffers;
using Vittne.Engine.Output;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>
/// Records as a table for programs: a line of names, then a line a record; what is not known is empty, lists are joined by commas. Comma-separated
/// values are those of RFC 4180; in tab-separated ones nothing is quoted. Control characters of hostile text stand as <c>\xNN</c> in both, so that a
/// record is always one line.
/// </summary>
public sealed class DelimitedFlowWriter : IFlowWriter
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create("\",");

    private readonly ByteBuffer _output;
    private readonly FlowColumn[] _columns;
    private readonly bool _isCsv;

    /// <summary>Makes the writer, and writes the names.</summary>
    /// <param name="options">Where lines go, and the columns.</param>
    /// <param name="isCsv">True for commas, false for tabs.</param>
    public DelimitedFlowWriter(FlowWriterOptions options, bool isCsv)
    {
        ArgumentNullException.ThrowIfNull(options);
        _output = new ByteBuffer(options.Output);
        _columns = [.. options.Columns ?? FlowColumns.Default];
        _isCsv = isCsv;
        for (int i = 0; i < _columns.Length; i++)
        {
            Separate(i);
            FlowText.Utf8(_output, _columns[i].Name);
        }

        EndLine();
    }

    /// <inheritdoc/>
    public long LeftOut => 0;

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        for (int i = 0; i < _columns.Length; i++)
        {
            Separate(i);
            FlowValue value = FlowCells.Get(_columns[i], record);
            switch (value.Kind)
            {
                case FlowFieldKind.Absent:
                    break;
                case FlowFieldKind.Text:
                    Text(value.Text);
                    break;
                case FlowFieldKind.Texts:
                    Text(string.Join(',', value.Texts));
                    break;
                case FlowFieldKind.Integers when _isCsv && value.Integers.Length > 1:
                    _output.Add('"');
                    FlowCells.Plain(_output, _columns[i], record, value);
                    _output.Add('"');
                    break;
                default:
                    FlowCells.Plain(_output, _columns[i], record, value);
                    break;
            }
        }

        EndLine();
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish() => _output.Flush();

    private void Text(string text)
    {
        if (_isCsv && text.AsSpan().ContainsAny(NeedQuotes))
        {
            _output.Add('"');
            FlowText.Visible(_output, text.Replace("\"", "\"\"", StringComparison.Ordinal));
            _output.Add('"');
        }
        else
        {
            FlowText.Visible(_output, text);
        }
    }

    private void Separate(int column)
    {
        if (column > 0)
        {
            _output.Add(_isCsv ? ',' : '\t');
        }
    }

    private void EndLine()
    {
        if (_isCsv)
        {
            _output.Add('\r');
        }

        _output.Add('\n');
    }
}
