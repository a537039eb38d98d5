namespace Vittne.Flows;

/// <summary>What is kept for a flow beside its table entry once its payload is looked at.</summary>
public abstract class FlowSession;
