using System.Text;
using Vittne.Engine.Output;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Cli.Rendering;

/// <summary>Records for people: a line each, and with <paramref name="isVerbose"/> a line for each field below it.</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="isVerbose">True for all fields.</param>
internal sealed class RecordText(Stream output, bool isVerbose) : IRecordWriter
{
    private const int FlushLength = 64 << 10;

    private readonly StringBuilder _text = new();
    private FieldCells? _fields;

    /// <inheritdoc/>
    public void Write(RecordSchema schema, Record record)
    {
        FlowIdentity flow = record.Flow;
        _text.Append(RecordTime.Of(record.At.TimestampNs)).Append("  ");
        if (!ReferenceEquals(flow, FlowIdentity.None))
        {
            AppendEndpoint(flow.Source, flow.SourcePort, flow.HasPorts);
            _text.Append(" -> ");
            AppendEndpoint(flow.Destination, flow.DestinationPort, flow.HasPorts);
            _text.Append("  ");
        }

        _text.Append(schema.Name).Append("  ").Append(TerminalText.Escape(schema.Summarise(record))).Append('\n');
        if (isVerbose)
        {
            _fields ??= new FieldCells((path, value) => _text.Append("    ").Append(path).Append(": ").Append(TerminalText.Escape(value)).Append('\n'));
            schema.Write(record, _fields);
        }

        if (_text.Length >= FlushLength)
        {
            WriteOut();
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        WriteOut();
        output.Flush();
    }

    private void AppendEndpoint(in IpAddress address, ushort port, bool hasPort)
    {
        bool isBracketed = hasPort && !address.IsV4;
        _text.Append(isBracketed ? "[" : "").Append(address.ToString()).Append(isBracketed ? "]" : "");
        if (hasPort)
        {
            _text.Append(':').Append(port);
        }
    }

    private void WriteOut()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
