using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>One form of the output of a hunt.</summary>
public interface IThreatWriter
{
    /// <summary>Takes one event, or several that were condensed into one.</summary>
    /// <param name="threat">The event; the first of those condensed.</param>
    /// <param name="events">How many events it stands for; null when events are not condensed.</param>
    void Write(ThreatRecord threat, CondensedEvents? events = null);

    /// <summary>Lets out what waits in a buffer; more events may follow.</summary>
    void PassOn();

    /// <summary>Everything was told: writes what waits.</summary>
    void Flush();
}
