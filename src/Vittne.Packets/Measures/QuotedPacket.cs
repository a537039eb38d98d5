namespace Vittne.Packets.Measures;

/// <summary>What an ICMP error quotes: the packet that it is about, as its sender sent it.</summary>
/// <param name="Index">The error in its batch.</param>
/// <param name="Packet">Addresses, protocol and ports of the quoted packet; no payload.</param>
public readonly record struct QuotedPacket(int Index, DecodedPacket Packet);
