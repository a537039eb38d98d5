using System.Globalization;

namespace Vittne.FilterFuzz;

/// <summary>Random expressions that are valid on a link type, most of the time.</summary>
internal sealed class ExpressionMaker(Random random, int linkType)
{
    private static readonly string[] Hosts =
    [
        "10.0.0.1", "10.0.0.2", "127.0.0.1", "192.168.1.1", "192.168.0.1", "8.8.8.8", "255.255.255.255", "224.0.0.251", "::1", "fe80::1", "ff02::fb",
        "2001:db8::1", "192.168", "10",
    ];

    private static readonly string[] Nets =
    [
        "10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "127.0.0.0/8", "224.0.0.0/4", "0.0.0.0/1", "0.0.0.0/0", "fe80::/10", "ff00::/8", "2000::/3", "::/0",
        "192.168", "10", "10.0.0.0 mask 255.0.0.255",
    ];

    private static readonly string[] Ports = ["53", "80", "443", "22", "25", "123", "137", "445", "1900", "5353", "6081", "0", "65535", "ssh", "http", "domain"];
    private static readonly string[] Bases = ["ip", "ip6", "tcp", "udp", "icmp", "ether", "arp", "icmp6", "sctp", "igmp"];
    private static readonly string[] Words =
    [
        "ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "sctp", "igmp", "esp", "ah", "pim", "rarp", "vrrp", "iso", "stp", "ipx", "atalk", "aarp", "netbeui",
        "clnp", "lsp", "l1", "decnet", "lat",
    ];

    private static readonly string[] Directions = ["", "", "src ", "dst ", "src or dst ", "src and dst "];
    private static readonly string[] Relations = ["=", "==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Numbers = ["0", "1", "2", "3", "4", "6", "8", "14", "15", "16", "17", "20", "64", "255", "0x0f", "0xff", "010", "1000", "0xffffffff"];
    private static readonly string[] Protocols = ["0", "1", "2", "6", "17", "41", "43", "44", "47", "50", "51", "58", "60", "89", "132"];
    private static readonly string[] Operators = ["+", "-", "*", "&", "|", "^", "&", "/", "%"];
    private static readonly string[] Divisors = ["3", "7", "16", "ip[8]", "tcp[13]"];

    private bool IsEthernet => linkType is 1 or 240;

    private bool IsWireless => linkType is 105 or 119 or 127 or 163 or 192;

    /// <summary>One expression.</summary>
    public string Make(int depth = 0)
    {
        double kind = random.NextDouble();
        if (depth > 3 || kind < 0.35)
        {
            return Primitive();
        }

        if (kind < 0.5)
        {
            return One("not ", "!") + (Half() ? Make(depth + 1) : $"({Make(depth + 1)})");
        }

        if (kind < 0.65)
        {
            return $"({Make(depth + 1)})";
        }

        string text = $"{Make(depth + 1)} {One("and", "or", "&&", "||")} {Make(depth + 1)}";
        return depth == 0 && IsEthernet && random.NextDouble() < 0.2
            ? One("vlan and ", "vlan 5 and ", "mpls and ", "pppoes and ", "geneve and ", "vlan and vlan and ", "not vlan and ") + text
            : text;
    }

    private string Primitive() => random.Next(16) switch
    {
        0 => One(Words),
        1 => $"{One(Directions)}host {One(Hosts)}",
        2 => $"{One(Directions)}net {One(Nets)}",
        3 => Port(),
        4 => PortRange(),
        5 => $"{One("", "ip ", "ip6 ")}proto {One(Protocols)}",
        6 => $"{One("less", "greater")} {random.Next(20, 300)}",
        7 => One("ip multicast", "ip6 multicast", "ip broadcast"),
        8 => $"{One("tcp ", "udp ", "")}port {One(Ports)} or {One(Ports)}",
        9 => $"{One(Directions)}host {One(Hosts)} or {One(Hosts)} {One("and", "or")} not {One(Hosts)}",
        10 or 11 => Special(),
        _ => $"{Number()} {One(Relations)} {Number()}",
    };

    private string Port()
    {
        string port = One(Ports);
        string transport = char.IsAsciiDigit(port[0]) ? One("", "tcp ", "udp ", "sctp ") : One("", "tcp ");
        return $"{transport}{One(Directions)}port {port}";
    }

    private string PortRange()
    {
        int low = random.Next(60_000);
        return string.Create(CultureInfo.InvariantCulture, $"{One("", "tcp ", "udp ")}{One(Directions)}portrange {low}-{low + random.Next(5_000)}");
    }

    private string Special()
    {
        if (IsWireless)
        {
            return One(
                "type mgt", "type ctl", "type data", "type mgt subtype beacon", "subtype ack", "dir tods", "wlan addr1 ff:ff:ff:ff:ff:ff",
                "wlan addr2 2:0:0:0:0:1", "wlan addr3 2:0:0:0:0:1", "wlan addr4 2:0:0:0:0:1", "wlan ra 2:0:0:0:0:1", "wlan ta 2:0:0:0:0:1",
                "wlan src 2:0:0:0:0:1", "wlan dst 2:0:0:0:0:2", "broadcast", "multicast", "llc", "llc u", "wlan[0] = 0x80", "wlan[1] & 1 = 1");
        }

        return linkType switch
        {
            1 or 6 or 10 => One(
                "broadcast", "multicast", "ether src 2:0:0:0:0:1", "ether dst 2:0:0:0:0:2", "ether host 2:0:0:0:0:1", "llc", "llc i", "llc u", "llc s",
                "llc rnr", "ether proto 0x806", "ether proto 0xaa", "ether proto 6", "iso proto 0x83", "isis proto 18", "byte 12 = 8", "byte 13 > 5"),
            240 or 122 => One("broadcast", "multicast", "ether src 2:0:0:0:0:1", "ether dst 2:0:0:0:0:2", "ether proto 0x86dd"),
            113 or 276 => One("inbound", "outbound", "ether proto 0x806", "ether proto 0x42"),
            117 => One("on en0", "rnr 1", "reason match", "action pass", "inbound", "outbound"),
            140 or 139 => One("fisu", "lssu", "msu", "sio 5", "opc > 100", "dpc (1 or 2)", "sls >= 3", "hmsu", "hlssu", "hopc 1"),
            123 => One("vpi 0", "vci 5", "vci > 3", "lane and ip", "llc", "oam", "metac", "connectmsg"),
            9 or 50 => One("ppp proto 0x21", "ppp proto 0xc021", "ppp[0] = 0xff"),
            _ => One("link[0] = 0", "link[1:2] > 5", "ether[2] & 1 = 1"),
        };
    }

    private string Number(int depth = 0)
    {
        double kind = random.NextDouble();
        if (depth > 2 || kind < 0.25)
        {
            return One(Numbers);
        }

        if (kind < 0.33)
        {
            return One("len", "len", "- len", "-(len + 1)");
        }

        if (kind < 0.7)
        {
            string index = random.NextDouble() < 0.85 ? random.Next(44).ToString(CultureInfo.InvariantCulture) : $"({Number(2)} & 0x1f)";
            return $"{One(Bases)}[{index}{One("", "", ":2", ":4")}]";
        }

        if (kind < 0.76)
        {
            return string.Create(CultureInfo.InvariantCulture, $"({Number(depth + 1)} {One("<<", ">>")} {random.Next(9)})");
        }

        string sign = One(Operators);
        string right = sign is "/" or "%" ? One(Divisors) : Number(depth + 1);
        string text = $"{Number(depth + 1)} {sign} {right}";
        return random.NextDouble() < 0.4 ? text : $"({text})";
    }

    private bool Half() => random.Next(2) == 0;

    private string One(params ReadOnlySpan<string> of) => of[random.Next(of.Length)];
}
