using System.Buffers;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Events as lines of a file or of standard output.</summary>
/// <param name="output">Where bytes go.</param>
/// <param name="line">Form of a line.</param>
/// <param name="end">What ends a line.</param>
public sealed class LineThreatWriter(Stream output, IThreatLine line, string end = "\n") : IThreatWriter
{
    private const int FlushLength = 64 << 10;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushLength * 2);

    /// <summary>Writes a line of its own before all events: the header of a table.</summary>
    public void WriteHeader(string header)
    {
        Utf8.Append(_buffer, header);
        Utf8.Append(_buffer, end);
    }

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        line.Append(_buffer, threat, events);
        Utf8.Append(_buffer, end);
        if (_buffer.WrittenCount >= FlushLength)
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

    private void WriteOut()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
