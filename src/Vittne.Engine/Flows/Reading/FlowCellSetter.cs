namespace Vittne.Engine.Flows.Reading;

/// <summary>Takes the text of one column into the record. False when the text is no value of the column.</summary>
internal delegate bool FlowCellSetter(FlowDraft draft, ReadOnlySpan<char> text);
