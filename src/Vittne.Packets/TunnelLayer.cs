namespace Vittne.Packets;

/// <summary>One encapsulation around the innermost packet that has an IP header of its own.</summary>
/// <param name="Type">Name of what the outer packet carries: <c>gre</c>, <c>vxlan</c>, <c>geneve</c>, <c>gtp</c>, <c>teredo</c>, <c>ip</c>, …</param>
/// <param name="Source">Sender in the outer IP header.</param>
/// <param name="Destination">Receiver in the outer IP header.</param>
/// <param name="SourcePort">Outer source port; 0 when the tunnel has none.</param>
/// <param name="DestinationPort">Outer destination port; 0 when the tunnel has none.</param>
/// <param name="Protocol">Outer IP protocol number.</param>
/// <param name="Id">VNI, TEID, GRE key, session id; 0 when the tunnel has none.</param>
public readonly record struct TunnelLayer(
    string Type, IpAddress Source, IpAddress Destination, ushort SourcePort, ushort DestinationPort, byte Protocol, uint Id);
