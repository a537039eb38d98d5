using System.Globalization;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>Keeps the trouble of one output (a full disk) from the others: after a failure its events are counted and no longer written.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="output">The writer.</param>
public sealed class GuardedThreatWriter(string name, IThreatWriter output) : IReportingWriter
{
    private long _taken;
    private long _lost;
    private string? _reason;

    /// <inheritdoc/>
    public OutputProblem? Problem => _reason is null
        ? null
        : new OutputProblem(string.Create(CultureInfo.InvariantCulture, $"{name} is not whole: {_reason}; trouble came at event {_taken - _lost}, {_lost} after it were not written"), Math.Max(1, _lost));

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        _taken++;
        if (_reason is not null)
        {
            _lost++;
            return;
        }

        Try(() => output.Write(threat, events));
    }

    /// <inheritdoc/>
    public void PassOn() => TryUnlessFailed(output.PassOn);

    /// <inheritdoc/>
    public void Flush() => TryUnlessFailed(output.Flush);

    private void TryUnlessFailed(Action write)
    {
        if (_reason is null)
        {
            Try(write);
        }
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _reason = e.Message;
        }
    }
}
