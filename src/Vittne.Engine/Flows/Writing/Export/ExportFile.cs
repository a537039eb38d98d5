using Vittne.Engine.Output;

namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>Messages one behind the other in a file (RFC 5655); each tells the templates that it uses, so that a file may be cut anywhere between two.</summary>
internal sealed class ExportFile(Stream output) : IExportTarget
{
    private readonly ByteBuffer _output = new(output);

    /// <inheritdoc/>
    public bool IsTemplateDue(int index, bool isInMessage) => !isInMessage;

    /// <inheritdoc/>
    public void TemplateTold(int index)
    {
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> message)
    {
        _output.Add(message);
        _output.PassOn();
    }

    /// <inheritdoc/>
    public void Finish() => _output.Flush();
}
