namespace Vittne.Capture.Filters.Names;

/// <summary>Ports of a service; null where a transport has none.</summary>
internal readonly record struct ServicePorts(ushort? Tcp, ushort? Udp, ushort? Sctp);
