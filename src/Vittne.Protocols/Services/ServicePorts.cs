using System.Collections.Frozen;
using Vittne.Packets;

namespace Vittne.Protocols.Services;

/// <summary>What usually listens on a port (IANA service names, as far as they are in use).</summary>
internal static class ServicePorts
{
    private static readonly FrozenDictionary<int, string> Tcp = Build(
        "20 ftp-data 21 ftp 22 ssh 23 telnet 25 smtp 43 whois 53 dns 79 finger 80 http 88 krb 102 s7comm 110 pop3 111 rpc 113 ident 119 nntp 135 dce_rpc 139 smb "
        + "143 imap 179 bgp 194 irc 389 ldap 443 tls 445 smb 465 smtps 502 modbus 513 rlogin 514 rsh 515 lpd 543 klogin 554 rtsp 587 smtp 631 ipp 636 ldaps "
        + "853 dot 873 rsync 989 ftps-data 990 ftps 993 imaps 995 pop3s 1080 socks 1194 openvpn 1433 tds 1521 oracle 1723 pptp 1883 mqtt 2049 nfs 2181 zookeeper "
        + "2404 iec104 3128 http 3268 ldap 3306 mysql 3389 rdp 4444 metasploit 5060 sip 5222 xmpp 5432 postgresql 5672 amqp 5900 vnc 5938 teamviewer 5985 winrm "
        + "6379 redis 6667 irc 8000 http 8080 http 8443 tls 8883 mqtts 9092 kafka 9100 jetdirect 9200 elasticsearch 11211 memcache 20000 dnp3 27017 mongodb 44818 enip");

    private static readonly FrozenDictionary<int, string> Udp = Build(
        "53 dns 67 dhcp 68 dhcp 69 tftp 88 krb 111 rpc 123 ntp 137 nbns 138 nbdgm 161 snmp 162 snmp 389 ldap 443 quic 500 ike 514 syslog 520 rip 546 dhcpv6 547 dhcpv6 "
        + "623 ipmi 1194 openvpn 1434 mssql-browser 1701 l2tp 1812 radius 1813 radius 1900 ssdp 2049 nfs 3389 rdpeudp 3478 stun 3702 ws-discovery 4500 ike-nat "
        + "5060 sip 5353 mdns 5355 llmnr 5683 coap 11211 memcache 47808 bacnet 51820 wireguard");

    /// <summary>The name; null for none.</summary>
    public static string? NameOf(byte protocol, ushort port) => (protocol == IpProtocol.Tcp ? Tcp : Udp).GetValueOrDefault(port);

    private static FrozenDictionary<int, string> Build(string table)
    {
        string[] words = table.Split(' ');
        var names = new Dictionary<int, string>();
        for (int i = 0; i < words.Length; i += 2)
        {
            names.Add(int.Parse(words[i], System.Globalization.CultureInfo.InvariantCulture), words[i + 1]);
        }

        return names.ToFrozenDictionary();
    }
}
