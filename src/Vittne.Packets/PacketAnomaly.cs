namespace Vittne.Packets;

/// <summary>Something wrong in one packet of a batch.</summary>
/// <param name="Index">Index of the packet in the batch.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Detail">What was measured; empty when the kind says it all.</param>
public readonly record struct PacketAnomaly(int Index, AnomalyKind Kind, string Detail);
