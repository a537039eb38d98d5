using Vittne.Packets;

namespace Vittne.Trails.Muting;

/// <summary>An event with sender and receiver of the packet in which it was found.</summary>
/// <param name="Threat">The event.</param>
/// <param name="Source">Sender.</param>
/// <param name="SourcePort">Its port; 0 without.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="DestinationPort">Its port; 0 without.</param>
public readonly record struct SeenThreat(ThreatRecord Threat, IpAddress Source, ushort SourcePort, IpAddress Destination, ushort DestinationPort);
