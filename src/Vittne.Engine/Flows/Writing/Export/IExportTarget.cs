namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>Where messages of flow export go.</summary>
internal interface IExportTarget
{
    /// <summary>True when a template has to be told (again) before its next record.</summary>
    /// <param name="index">Which, by its place among the templates of the format.</param>
    /// <param name="isInMessage">True when the message that is being filled already tells it.</param>
    bool IsTemplateDue(int index, bool isInMessage);

    /// <summary>A template stands in the message that is being filled.</summary>
    void TemplateTold(int index);

    /// <summary>Takes one message.</summary>
    void Send(ReadOnlySpan<byte> message);

    /// <summary>There are no more.</summary>
    void Finish();
}
