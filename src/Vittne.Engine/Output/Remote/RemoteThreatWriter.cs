using System.Buffers;
using System.Globalization;
using Vittne.Trails;

namespace Vittne.Engine.Output.Remote;

/// <summary>Events as messages to a remote target.</summary>
/// <param name="purpose">What the target is, in the user's words: <c>syslog</c>.</param>
/// <param name="target">Where messages go; ended by <see cref="Flush"/>.</param>
/// <param name="line">Form of a message.</param>
public sealed class RemoteThreatWriter(string purpose, RemoteTarget target, IThreatLine line) : IReportingWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <inheritdoc/>
    public OutputProblem? Problem => target.Lost == 0
        ? null
        : new OutputProblem(
            string.Create(CultureInfo.InvariantCulture, $"{target.Lost} of {target.Lost + target.Sent} messages did not reach {purpose} {target.Address}: {target.Reason}"),
            target.Lost);

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        _buffer.ResetWrittenCount();
        line.Append(_buffer, threat, events);
        target.Send(_buffer.WrittenSpan.ToArray());
    }

    /// <inheritdoc/>
    public void PassOn()
    {
        // Messages leave by themselves.
    }

    /// <inheritdoc/>
    public void Flush() => target.End();
}
