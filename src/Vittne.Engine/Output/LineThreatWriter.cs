using System.Buffers;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Events as lines of a file or of standard output.</summary>
public sealed class LineThreatWriter : IThreatWriter
{
    private const int FlushLength = 64 << 10;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushLength * 2);

    private readonly Stream _output;
    private readonly IThreatLine _line;
    private readonly string _end;

    /// <summary>Makes the writer.</summary>
    /// <param name="output">Where bytes go.</param>
    /// <param name="line">Form of a line.</param>
    /// <param name="header">The line before all events; null for none.</param>
    /// <param name="end">What ends a line.</param>
    public LineThreatWriter(Stream output, IThreatLine line, string? header = null, string end = "\n")
    {
        (_output, _line, _end) = (output, line, end);
        if (header is not null)
        {
            Utf8.Append(_buffer, header);
            Utf8.Append(_buffer, end);
        }
    }

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        _line.Append(_buffer, threat, events);
        Utf8.Append(_buffer, _end);
        if (_buffer.WrittenCount >= FlushLength)
        {
            WriteOut();
        }
    }

    /// <inheritdoc/>
    public void PassOn()
    {
        WriteOut();
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        WriteOut();
        _output.Flush();
    }

    private void WriteOut()
    {
        _output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
