using System.Text;
using System.Text.Json;
using Vittne.Engine.Output;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>
/// Records as JSON Lines. With columns each object has just these, under the names by which they were asked for; without, the common fields of all
/// records and then every field that is stored (docs/flows-formats.md).
/// </summary>
public sealed class JsonFlowWriter : IFlowWriter
{
    private readonly ByteBuffer _output;
    private readonly FlowColumn[]? _columns;

    // Each name with its quotation marks and colon.
    private readonly byte[][] _keys;

    /// <summary>Makes the writer.</summary>
    public JsonFlowWriter(FlowWriterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _output = new ByteBuffer(options.Output);
        _columns = options.Columns is { } columns ? [.. columns] : null;
        _keys = _columns is null ? [] : Array.ConvertAll(_columns, static column => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(column.Name)}\":"));
    }

    /// <inheritdoc/>
    public long LeftOut => 0;

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_columns is null)
        {
            JsonFlowObject.Append(_output, record);
        }
        else
        {
            Columns(record, _columns);
        }

        _output.Add('\n');
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish() => _output.Flush();

    private void Columns(FlowRecord record, FlowColumn[] columns)
    {
        _output.Add('{');
        bool isFirst = true;
        for (int i = 0; i < columns.Length; i++)
        {
            FlowValue value = FlowCells.Get(columns[i], record);
            if (!value.IsKnown)
            {
                continue;
            }

            if (!isFirst)
            {
                _output.Add(',');
            }

            isFirst = false;
            _output.Add(_keys[i]);
            FlowCells.Json(_output, columns[i], record, value);
        }

        _output.Add('}');
    }
}
