namespace Vittne.Trails.Matching;

/// <summary>Which side of a packet is a trail.</summary>
/// <param name="Trail">Number of the trail.</param>
/// <param name="IsDestination">True when the receiver is the trail.</param>
/// <param name="IsEndpoint">True when address and port are the trail.</param>
internal readonly record struct AddressFind(int Trail, bool IsDestination, bool IsEndpoint);
