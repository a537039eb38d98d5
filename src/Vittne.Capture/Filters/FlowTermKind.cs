namespace Vittne.Capture.Filters;

/// <summary>What a <see cref="FlowTerm"/> asks for.</summary>
public enum FlowTermKind : byte
{
    /// <summary>The flow has this Community ID, as in <c>1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=</c>.</summary>
    CommunityId,

    /// <summary>The flow has this number in the run.</summary>
    Flow,

    /// <summary>A client asked for this server name in a TLS, DTLS or QUIC handshake of the flow.</summary>
    Sni,

    /// <summary>The flow names this host: in HTTP, in DNS, or as the server name of a handshake.</summary>
    HostName,

    /// <summary>The payload of the packet has a match of this pattern.</summary>
    Payload,
}
