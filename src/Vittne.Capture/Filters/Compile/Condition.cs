namespace Vittne.Capture.Filters.Compile;

/// <summary>What must hold of a packet, in the order in which it is looked at.</summary>
internal abstract class Condition;
