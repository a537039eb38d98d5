using System.Buffers;
using System.Globalization;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>An event as a datagram for a Maltrail log server: seconds since the epoch, blank, the log line with its end.</summary>
/// <param name="line">Form of the log line.</param>
public sealed class LogServerLine(MaltrailLine line) : IThreatLine
{
    private const long NsPerSecond = 1_000_000_000;

    /// <inheritdoc/>
    public void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events)
    {
        ArgumentNullException.ThrowIfNull(threat);
        Utf8.Append(output, string.Create(CultureInfo.InvariantCulture, $"{threat.At.TimestampNs / NsPerSecond} "));
        line.Append(output, threat, events);
        // The server writes what it gets as it is: the line end has to come along.
        Utf8.Append(output, "\n");
    }
}
