using System.Collections.Frozen;

namespace Vittne.Capture.Filters.Syntax;

/// <summary>The words of the language: each with its main spelling, and the names of numbers.</summary>
internal static class FilterWords
{
    private const string Plain =
        "src dst host net mask port portrange proto protochain gateway and or not len less greater byte broadcast multicast inbound outbound "
        + "ifindex vlan mpls pppoed pppoes geneve vxlan llc lane metac bcc oam oamf4 oamf4ec oamf4sc sc ilmic vpi vci connectmsg metaconnect "
        + "on rset rnr srnr reason action fisu lssu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls "
        + "type subtype dir addr1 addr2 addr3 addr4 ra ta "
        + "link ip arp rarp tcp udp sctp icmp igmp igrp pim vrrp carp radio ip6 icmp6 ah esp atalk aarp decnet lat sca moprc mopdl "
        + "iso esis isis clnp l1 l2 iih lsp snp csnp psnp stp ipx netbeui";

    private const string Aliases =
        "ether link ppp link slip link fddi link tr link wlan link length len es-is esis is-is isis direction dir "
        + "address1 addr1 address2 addr2 address3 addr3 address4 addr4 ifname on ruleset rset rulenum rnr subrulenum srnr lsu lssu hlsu hlssu";

    private const string NamedNumbers =
        "icmptype 0 icmpcode 1 icmp6type 0 icmp6code 1 tcpflags 13 "
        + "tcp-fin 1 tcp-syn 2 tcp-rst 4 tcp-push 8 tcp-ack 16 tcp-urg 32 tcp-ece 64 tcp-cwr 128 "
        + "icmp-echoreply 0 icmp-unreach 3 icmp-sourcequench 4 icmp-redirect 5 icmp-echo 8 icmp-routeradvert 9 icmp-routersolicit 10 "
        + "icmp-timxceed 11 icmp-paramprob 12 icmp-tstamp 13 icmp-tstampreply 14 icmp-ireq 15 icmp-ireqreply 16 icmp-maskreq 17 "
        + "icmp-maskreply 18 "
        + "icmp6-destinationunreach 1 icmp6-packettoobig 2 icmp6-timeexceeded 3 icmp6-parameterproblem 4 icmp6-echo 128 "
        + "icmp6-echoreply 129 icmp6-multicastlistenerquery 130 icmp6-multicastlistenerreportv1 131 icmp6-multicastlistenerdone 132 "
        + "icmp6-routersolicit 133 icmp6-routeradvert 134 icmp6-neighborsolicit 135 icmp6-neighboradvert 136 icmp6-redirect 137 "
        + "icmp6-routerrenum 138 icmp6-nodeinformationquery 139 icmp6-nodeinformationresponse 140 "
        + "icmp6-ineighbordiscoverysolicit 141 icmp6-ineighbordiscoveryadvert 142 icmp6-multicastlistenerreportv2 143 "
        + "icmp6-homeagentdiscoveryrequest 144 icmp6-homeagentdiscoveryreply 145 icmp6-mobileprefixsolicit 146 "
        + "icmp6-mobileprefixadvert 147 icmp6-certpathsolicit 148 icmp6-certpathadvert 149 icmp6-multicastrouteradvert 151 "
        + "icmp6-multicastroutersolicit 152 icmp6-multicastrouterterm 153";

    private static readonly FrozenDictionary<string, string> Main = Words();

    private static readonly FrozenDictionary<string, uint> Numbers = Pairs(NamedNumbers)
        .ToFrozenDictionary(pair => pair.Key, pair => uint.Parse(pair.Value, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The main spelling of a word of the language.</summary>
    public static bool TryFind(string text, out string word) => Main.TryGetValue(text, out word!);

    /// <summary>The value of a named number.</summary>
    public static bool TryFindNumber(string text, out uint number) => Numbers.TryGetValue(text, out number);

    private static FrozenDictionary<string, string> Words()
    {
        var words = new Dictionary<string, string>();
        foreach (string word in Plain.Split(' '))
        {
            words[word] = word;
        }

        foreach (KeyValuePair<string, string> pair in Pairs(Aliases))
        {
            words[pair.Key] = pair.Value;
        }

        return words.ToFrozenDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string text) =>
        text.Split(' ').Chunk(2).Select(two => KeyValuePair.Create(two[0], two[1]));
}
