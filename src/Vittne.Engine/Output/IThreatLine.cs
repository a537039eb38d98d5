using System.Buffers;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>A form in which an event is one message: a line of a file without its end, or a datagram.</summary>
public interface IThreatLine
{
    /// <summary>Appends the message.</summary>
    /// <param name="output">Where its bytes go.</param>
    /// <param name="threat">The event; the first of those condensed.</param>
    /// <param name="events">How many events it stands for; null when events are not condensed.</param>
    void Append(IBufferWriter<byte> output, ThreatRecord threat, CondensedEvents? events);
}
