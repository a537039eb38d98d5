namespace Vittne.Protocols.Dns;

/// <summary>What a response has of its query.</summary>
/// <param name="QueryPacket">Packet of the query.</param>
/// <param name="RoundTripNs">Nanoseconds between the two.</param>
internal readonly record struct DnsPair(long QueryPacket, long RoundTripNs);
