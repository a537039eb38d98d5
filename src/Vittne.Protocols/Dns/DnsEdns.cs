namespace Vittne.Protocols.Dns;

/// <summary>What the OPT record of a message says (RFC 6891 section 6.1).</summary>
/// <param name="UdpSize">Bytes that the sender takes in a datagram.</param>
/// <param name="Version">Version of EDNS.</param>
/// <param name="DnssecOk">DO (RFC 3225).</param>
/// <param name="Options">Options in order.</param>
/// <param name="ClientSubnet">Network of the client that a resolver names (RFC 7871); null without.</param>
internal sealed record DnsEdns(ushort UdpSize, int Version, bool DnssecOk, IReadOnlyList<DnsEdnsOption> Options, string? ClientSubnet);
