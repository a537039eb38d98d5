using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Socks;

/// <summary>Schema of <see cref="SocksRecord"/>: one record a request.</summary>
public static class SocksSchema
{
    /// <summary>Record <c>socks</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<SocksRecord, SocksRecord>(
        "socks",
        "Requests to SOCKS proxies with their answers; the stream behind is read as what it is",
        static record => record,
        Summarise,
        Field.Integer<SocksRecord>("version", "4 or 5", static record => record.Version).Also("socks.version"),
        Field.Text<SocksRecord>("command", "`connect`, `bind` or `udp`", static record => Name(record.Command)).Also("socks.command"),
        Field.Text<SocksRecord>("host", "name of the target, when the request has one", static record => record.Host).Also("socks.remote_name"),
        Field.Text<SocksRecord>("address", "address of the target, when the request has one", static record => record.Address?.ToString()).Also("socks.dst", "socks.dstV6"),
        Field.Integer<SocksRecord>("port", "port of the target", static record => record.Port).Also("socks.port", "socks.dstport"),
        Field.Integer<SocksRecord>("method", "authentication that the proxy chose (version 5): 0 none, 1 GSSAPI, 2 user name and password", static record => record.Method),
        Field.Text<SocksRecord>("user", "user id or user name", static record => record.User).Also("socks.username"),
        Field.Text<SocksRecord>("password", "password", static record => record.Password).Also("socks.password"),
        Field.Integer<SocksRecord>("reply", "code of the answer: 90 (version 4) and 0 (version 5) grant", static record => record.Reply).Also("socks.results"),
        Field.Flag<SocksRecord>("granted", "whether the proxy did it", static record => record.Reply is { } reply ? SocksMessages.Grants(record.Version, reply) : null));

    private static string Name(byte command) => command switch { 1 => "connect", 2 => "bind", _ => "udp" };

    private static string Summarise(SocksRecord record)
    {
        string user = record.User is { Length: > 0 } name ? $" as {name}" : "";
        string end = record.Reply is not { } reply ? "" : SocksMessages.Grants(record.Version, reply) ? " granted" : $" refused ({reply})";
        return $"SOCKS{record.Version} {Name(record.Command)} {record.Host ?? record.Address?.ToString()}:{record.Port}{user}{end}";
    }
}
