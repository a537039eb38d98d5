using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Ftp;
using Vittne.Protocols.Http;
using Vittne.Protocols.Http2;
using Vittne.Protocols.Imap;
using Vittne.Protocols.Irc;
using Vittne.Protocols.Nbns;
using Vittne.Protocols.OpenVpn;
using Vittne.Protocols.Pop3;
using Vittne.Protocols.Quic;
using Vittne.Protocols.RdpUdp;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Socks;
using Vittne.Protocols.Ssdp;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tftp;
using Vittne.Protocols.Tls;
using Vittne.Protocols.WebSocket;

namespace Vittne.Protocols;

/// <summary>The protocols that are recognised, one line each; the order is the order of asking.</summary>
public static class ProtocolRegistry
{
    private static readonly StreamProtocol[] Streams =
    [
        new(TlsParser.Name, static (data, _, _) => TlsParser.Recognizes(data), static (flow, sink, options) => new TlsParser(flow, sink, options)),
        new("http", static (data, _, _) => HttpParser.Recognizes(data), static (flow, sink, options) => new HttpParser(flow, sink, options))
        {
            RecognizesCut = HttpParser.RecognizesCut,
        },
        new("http2", static (data, _, _) => Http2Parser.Recognizes(data), static (flow, sink, options) => new Http2Parser(flow, sink, options)),
        new("ssh", static (data, _, _) => SshParser.Recognizes(data), static (flow, sink, options) => new SshParser(flow, sink, options)),
        new("smtp", SmtpParser.Recognizes, static (flow, sink, _) => new SmtpParser(flow, sink)),
        new("pop3", Pop3Parser.Recognizes, static (flow, sink, _) => new Pop3Parser(flow, sink)),
        new("irc", IrcParser.Recognizes, static (flow, sink, _) => new IrcParser(flow, sink)),
        new("ftp", FtpParser.Recognizes, static (flow, sink, _) => new FtpParser(flow, sink)),
        new("imap", ImapParser.Recognizes, static (flow, sink, _) => new ImapParser(flow, sink)),
        new("websocket", static (data, _, _) => WebSocketParser.Recognizes(data), static (flow, sink, options) => new WebSocketParser(flow, sink, options)),
        new("socks", static (data, _, _) => SocksParser.Recognizes(data), static (flow, sink, _) => new SocksParser(flow, sink)),
        new("dns", DnsStreamParser.Recognizes, static (flow, sink, options) => new DnsStreamParser(flow, sink, options)),
        new("openvpn", static (data, _, _) => OpenVpnStreamParser.Recognizes(data), static (flow, sink, options) => new OpenVpnStreamParser(flow, sink, options)),
    ];

    private static readonly DatagramProtocol[] Datagrams =
    [
        new("dns", DnsDatagramParser.Recognizes, static (flow, sink, options) => new DnsDatagramParser(flow, sink, options)),
        new("nbns", NbnsParser.Recognizes, static (flow, sink, _) => new NbnsParser(flow, sink)),
        new("dhcp", static (datagram, _, _) => DhcpParser.Recognizes(datagram), static (flow, sink, options) => new DhcpParser(flow, sink, options)),
        new("quic", static (datagram, _, port) => QuicParser.Recognizes(datagram, port), static (flow, sink, options) => new QuicParser(flow, sink, options)),
        new("dtls", static (datagram, _, _) => DtlsParser.Recognizes(datagram), static (flow, sink, options) => new DtlsParser(flow, sink, options)),
        new("tftp", TftpParser.Recognizes, static (flow, sink, options) => new TftpParser(flow, sink, options)),
        new("ssdp", SsdpParser.Recognizes, static (flow, sink, options) => new SsdpParser(flow, sink, options)),
        new("openvpn", static (datagram, _, _) => OpenVpnDatagramParser.Recognizes(datagram), static (flow, sink, options) => new OpenVpnDatagramParser(flow, sink, options)),
        new("rdpeudp", static (datagram, _, _) => RdpUdpParser.Recognizes(datagram), static (flow, sink, options) => new RdpUdpParser(flow, sink, options)),
    ];

    /// <summary>The protocols over TCP.</summary>
    internal static IReadOnlyList<StreamProtocol> AllStreams => Streams;

    /// <summary>The protocols over UDP.</summary>
    internal static IReadOnlyList<DatagramProtocol> AllDatagrams => Datagrams;

    /// <summary>Asks all stream protocols.</summary>
    /// <returns>Yes with the protocol, or whether more bytes could change the answer.</returns>
    public static Recognition RecogniseStream(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort, out StreamProtocol? protocol)
    {
        Recognition best = Recognition.No;
        foreach (StreamProtocol candidate in Streams)
        {
            Recognition verdict = candidate.Recognizes(data, sourcePort, destinationPort);
            if (verdict == Recognition.Yes)
            {
                protocol = candidate;
                return Recognition.Yes;
            }

            best = verdict == Recognition.NeedMore ? Recognition.NeedMore : best;
        }

        protocol = null;
        return best;
    }

    /// <summary>Asks the stream protocols that read cut beginnings.</summary>
    /// <returns>The protocol, or null when no one knows it.</returns>
    public static StreamProtocol? RecogniseCut(ReadOnlySpan<byte> data)
    {
        foreach (StreamProtocol candidate in Streams)
        {
            if (candidate.RecognizesCut is { } recognizes && recognizes(data))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Asks all datagram protocols.</summary>
    /// <returns>The protocol, or null when no one knows it.</returns>
    public static DatagramProtocol? RecogniseDatagram(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort)
    {
        foreach (DatagramProtocol candidate in Datagrams)
        {
            if (candidate.Recognizes(datagram, sourcePort, destinationPort))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a segment in the middle of a stream that nobody recognised begins a message: a request or status line, a TLS hello or chain, or
    /// a command that opens a mail (behind a proxy's handshake).
    /// Cheap, since it is asked for each such segment.
    /// </summary>
    public static bool BeginsMessage(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 8)
        {
            return false;
        }

        byte first = segment[0];
        return first == 0x16
            ? segment[1] == 3 && segment[5] is 1 or 2 or 11 && TlsParser.Recognizes(segment) == Recognition.Yes
            : first is >= (byte)'A' and <= (byte)'Z'
                && (HttpParser.Recognizes(segment) == Recognition.Yes || SmtpParser.Recognizes(segment, 0, 0) == Recognition.Yes);
    }
}
