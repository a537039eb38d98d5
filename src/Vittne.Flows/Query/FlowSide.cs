namespace Vittne.Flows.Query;

/// <summary>Which side of a flow a word of ra's filter is about.</summary>
internal enum FlowSide
{
    /// <summary>One of them, whichever; for counters their sum.</summary>
    Any,

    /// <summary>The originator.</summary>
    Source,

    /// <summary>The responder.</summary>
    Destination,

    /// <summary>Each of them.</summary>
    Both,
}
