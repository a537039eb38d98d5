namespace Vittne.Capture.Filters.Names;

/// <summary>Ports of a service; null where a transport has none.</summary>
/// <param name="Tcp">Its TCP port.</param>
/// <param name="Udp">Its UDP port.</param>
/// <param name="Sctp">Its SCTP port.</param>
public readonly record struct ServicePorts(ushort? Tcp, ushort? Udp, ushort? Sctp);
