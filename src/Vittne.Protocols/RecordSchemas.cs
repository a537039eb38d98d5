using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;
using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Ftp;
using Vittne.Protocols.Http;
using Vittne.Protocols.Imap;
using Vittne.Protocols.Irc;
using Vittne.Protocols.Nbns;
using Vittne.Protocols.Pop3;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Socks;
using Vittne.Protocols.Ssdp;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tftp;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;

namespace Vittne.Protocols;

/// <summary>All kinds of record that decoding gives, by name: one line a kind.</summary>
public static class RecordSchemas
{
    /// <summary>The kinds in order of their names.</summary>
    public static IReadOnlyList<RecordSchema> All { get; } =
    [
        AnomalySchema.Schema,
        DhcpSchema.Schema,
        DnsSchema.Schema,
        DtlsSchema.Schema,
        FtpSchema.Schema,
        HttpSchema.Schema,
        ImapSchema.Schema,
        IrcSchema.Schema,
        NbnsSchema.Schema,
        PacketSchema.Schema,
        Pop3Schema.Schema,
        QuicSchema.Schema,
        SmtpSchema.Schema,
        SocksSchema.Schema,
        SsdpSchema.Schema,
        SshSchema.Schema,
        TftpSchema.Schema,
        TlsSchema.Schema,
        X509Schema.Schema,
    ];
}
