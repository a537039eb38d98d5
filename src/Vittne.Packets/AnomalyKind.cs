namespace Vittne.Packets;

/// <summary>
/// What is wrong with bytes that a decoder was given: one closed list for all layers. The output name is made of the first word
/// of the member as the layer and the others as the kind: <c>FragTooLarge</c> is <c>frag.too_large</c> (<see cref="AnomalyNames"/>).
/// Values are stored in cases: append, never renumber.
/// </summary>
public enum AnomalyKind : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The frame is shorter than its link-layer header.</summary>
    LinkShort = 1,

    /// <summary>EtherType/length field between 1501 and 1535 (IEEE 802.3 section 3.2.6).</summary>
    EthLength = 2,

    /// <summary>No bottom-of-stack bit within 16 MPLS labels.</summary>
    MplsDepth = 3,

    /// <summary>PPPoE announces more than the frame holds.</summary>
    PppoeLength = 4,

    /// <summary>IPv4 or IPv6 header with an impossible version or length.</summary>
    IpHeader = 5,

    /// <summary>IPv6 extension headers too many or too long.</summary>
    Ipv6ExtChain = 6,

    /// <summary>IPv6 extension header or payload length beyond the packet.</summary>
    Ipv6Length = 7,

    /// <summary>TCP data offset below 5 or beyond the segment.</summary>
    TcpHeader = 8,

    /// <summary>UDP length below 8 and not 0.</summary>
    UdpLength = 9,

    /// <summary>Too many encapsulations.</summary>
    DecodeDepth = 10,

    /// <summary>The capture holds less of the packet than its headers announce (snap length).</summary>
    IpTruncated = 11,

    /// <summary>Fragments overlap with different bytes.</summary>
    FragOverlap = 12,

    /// <summary>Fragment reaches beyond 65,535 bytes.</summary>
    FragTooLarge = 13,

    /// <summary>A fragment that is not the last has a length that is no multiple of 8.</summary>
    FragUnaligned = 14,

    /// <summary>The first fragment does not hold the whole transport header.</summary>
    FragTiny = 15,

    /// <summary>Fragments of the datagram are missing at its time-out or at the end.</summary>
    FragIncomplete = 16,

    /// <summary>Two different last fragments, or bytes beyond the last.</summary>
    FragLast = 17,

    /// <summary>Transport header is cut off or impossible (SCTP, ICMP and others).</summary>
    TransportHeader = 18,

    /// <summary>An encapsulation's header is cut off or impossible.</summary>
    TunnelHeader = 19,

    /// <summary>The link type is not decoded.</summary>
    LinkUnknown = 20,

    /// <summary>Checksum of an IPv4 header is wrong; told only when checksums are required.</summary>
    IpChecksum = 21,

    /// <summary>Checksum of TCP, UDP, ICMP or ICMPv6 is wrong; told only when checksums are required.</summary>
    TransportChecksum = 22,

    /// <summary>A segment repeats stream bytes with another content.</summary>
    TcpOverlapConflict = 30,

    /// <summary>A segment lies before the initial sequence number.</summary>
    TcpBeforeIsn = 31,

    /// <summary>Bytes of the stream are missing in the capture.</summary>
    TcpGap = 32,

    /// <summary>RST outside the window, or with a timestamp that PAWS refuses: a receiver ignores it.</summary>
    TcpRstOutOfWindow = 33,

    /// <summary>A bound on buffered stream bytes was reached.</summary>
    TcpLimit = 34,

    /// <summary>An urgent byte, which a receiver takes out of the stream (RFC 6093 section 3.2), was left out of it.</summary>
    TcpUrgent = 35,

    /// <summary>A SYN with payload: fast open (RFC 7413), or a probe.</summary>
    TcpSynData = 36,

    /// <summary>FIN with RST, or SYN with either, in one segment: no stack sends that.</summary>
    TcpFlags = 37,

    /// <summary>Domain name with a bad label, pointer or length.</summary>
    DnsName = 40,

    /// <summary>The message is shorter than its header counts say.</summary>
    DnsShort = 41,

    /// <summary>DNS over TCP with a length of 0 or below a header.</summary>
    DnsLength = 42,

    /// <summary>Content-Length together with chunked coding (RFC 9112 section 6.1).</summary>
    HttpSmuggling = 50,

    /// <summary>Content-Length values that differ or are no number.</summary>
    HttpContentLength = 51,

    /// <summary>Chunk with a bad size or without its line end.</summary>
    HttpChunk = 52,

    /// <summary>Header section beyond its limits.</summary>
    HttpHeaderLimit = 53,

    /// <summary>Bytes between HTTP messages that begin none.</summary>
    HttpStartLine = 54,

    /// <summary>Frame of HTTP/2 that cannot be, or stands where it must not.</summary>
    Http2Frame = 55,

    /// <summary>Header block of HTTP/2 that cannot be decoded, or with a field that cannot be.</summary>
    Http2Header = 56,

    /// <summary>HTTP/2 beyond a limit: streams at a time, length of a header block.</summary>
    Http2Limit = 57,

    /// <summary>Record or handshake message beyond its limit.</summary>
    TlsLength = 60,

    /// <summary>Extension whose inner length is wrong.</summary>
    TlsExtension = 61,

    /// <summary>Certificate that is no valid DER.</summary>
    X509Der = 62,

    /// <summary>QUIC Initial that cannot be decrypted.</summary>
    QuicDecrypt = 63,

    /// <summary>Bytes that are no TLS record where one must stand.</summary>
    TlsRecord = 64,

    /// <summary>TLS that the recorded secrets do not open: they are those of another connection, or bytes are wrong.</summary>
    TlsDecrypt = 65,

    /// <summary>Banner that is too long.</summary>
    SshBanner = 70,

    /// <summary>KEXINIT that is too long or whose lists pass its end.</summary>
    SshKexinit = 71,

    /// <summary>Line of a text protocol beyond its limit.</summary>
    LineLength = 90,

    /// <summary>Announced length of a literal or chunk in a text protocol that cannot be.</summary>
    LineLiteral = 91,

    /// <summary>Many lines in a row that are none of the protocol that was recognised.</summary>
    LineStray = 92,

    /// <summary>TFTP message that ends inside one of its fields.</summary>
    TftpShort = 93,

    /// <summary>A parser failed with an exception: a bug of this program. The parser is switched off for the flow.</summary>
    ParserException = 250,
}
