namespace Vittne.Protocols.Sessions;

/// <summary>Protocols that go over to another one in their stream and are not read themselves, by the port of their servers.</summary>
internal static class OuterProtocols
{
    /// <summary>The protocol of a port; empty when none is known.</summary>
    public static string OfPort(ushort port) => port switch
    {
        21 => "ftp",
        25 or 587 or 2525 => "smtp",
        110 => "pop3",
        119 => "nntp",
        143 => "imap",
        389 or 3268 => "ldap",
        1080 => "socks",
        1433 => "tds",
        3306 => "mysql",
        3389 => "rdp",
        4190 => "sieve",
        5222 or 5269 => "xmpp",
        5432 => "postgresql",
        6667 => "irc",
        _ => "",
    };
}
