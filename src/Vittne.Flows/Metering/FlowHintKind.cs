namespace Vittne.Flows.Metering;

/// <summary>What a hint is about; in the order in which hints of one packet count.</summary>
public enum FlowHintKind : byte
{
    /// <summary>A flow that carries a tunnel began.</summary>
    CarrierBegan,

    /// <summary>A flow in a tunnel began.</summary>
    InnerBegan,

    /// <summary>A control connection announced a connection.</summary>
    Expected,
}
