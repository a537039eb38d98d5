namespace Vittne.Flows.Metering;

/// <summary>What the meter of one flow learned about another flow, which another worker may own: told in packet order with the records.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">The flow that carries a tunnel; the receiver of an expected connection stands as its responder.</param>
/// <param name="FlowId">Id of the flow that began; 0 for expectations.</param>
/// <param name="Service">The service of an expected connection; null else.</param>
public readonly record struct FlowHint(FlowHintKind Kind, FlowName Name, long FlowId, string? Service);
