using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>Sets one field of records from text.</summary>
internal sealed class FieldSetter(FlowColumn column)
{
    private readonly bool _isDuration = column.Field.Name == "dur";
    private readonly bool _isClock = column.Field.Name is "stime" or "ltime" or "dur";

    /// <summary>Takes the text.</summary>
    public bool Set(FlowDraft draft, ReadOnlySpan<char> text)
    {
        // The common name of frames without IP: their field proto tells more.
        if (column.IsTransport && text is FlowTransport.None)
        {
            draft.Known++;
            return true;
        }

        if (!FlowCellText.TryParse(column.Field.Kind, text, draft.Pool, out FlowValue value, out int digits))
        {
            return false;
        }

        draft.Known++;
        if (_isClock)
        {
            draft.SawDigits(digits);
        }

        if (_isDuration)
        {
            draft.DurationNs = value.Kind == FlowFieldKind.Duration ? value.Number : -1;
            return true;
        }

        if (value.IsKnown)
        {
            column.Field.Set(draft.Record, value);
        }

        return true;
    }
}
