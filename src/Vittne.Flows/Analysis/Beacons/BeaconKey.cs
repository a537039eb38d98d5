using Vittne.Packets;

namespace Vittne.Flows.Analysis.Beacons;

/// <summary>Who connects to what.</summary>
/// <param name="Source">The originator.</param>
/// <param name="Destination">The responder.</param>
/// <param name="Port">Its port; -1 without.</param>
/// <param name="Protocol">Protocol by name.</param>
internal readonly record struct BeaconKey(IpAddress Source, IpAddress Destination, int Port, string Protocol);
