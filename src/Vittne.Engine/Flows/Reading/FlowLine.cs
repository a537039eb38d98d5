namespace Vittne.Engine.Flows.Reading;

/// <summary>What a line was.</summary>
internal enum FlowLine
{
    /// <summary>A flow record.</summary>
    Record,

    /// <summary>Nothing that is asked for: a heading, a comment, another kind of event.</summary>
    Other,

    /// <summary>Damaged, or not of the form.</summary>
    Broken,
}
