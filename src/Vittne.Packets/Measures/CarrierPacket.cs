namespace Vittne.Packets.Measures;

/// <summary>A packet as one of the tunnels around its innermost packet saw it.</summary>
/// <param name="Index">The packet in its batch.</param>
/// <param name="Level">How many IP headers are outside of it.</param>
/// <param name="Packet">What its headers up to the tunnel say; its payload is the tunnel's content.</param>
/// <param name="Place">Where they lie.</param>
/// <param name="Tunnel">The tunnels around it, outermost first.</param>
/// <param name="Type">Name of the tunnel that it carries, as <see cref="TunnelLayer.Type"/>.</param>
public readonly record struct CarrierPacket(int Index, int Level, DecodedPacket Packet, PacketPlace Place, TunnelLayer[] Tunnel, string Type);
