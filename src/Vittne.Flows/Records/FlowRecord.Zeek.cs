namespace Vittne.Flows.Records;

/// <content>What only one output asks for.</content>
public sealed partial class FlowRecord
{
    /// <summary>Zeek's own measures; null where they were not taken.</summary>
    public FlowZeek? Zeek { get; set; }
}
