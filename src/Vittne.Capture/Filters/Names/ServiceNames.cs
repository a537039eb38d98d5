using System.Collections.Frozen;
using System.Globalization;

namespace Vittne.Capture.Filters.Names;

/// <summary>
/// Names of services with their ports, of the registry of IANA and in its older spellings. Built in, so that an expression means the same
/// on every machine.
/// </summary>
public static class ServiceNames
{
    // Port, transports (t TCP, u UDP, s SCTP), names.
    private const string Table =
        "1t:tcpmux 7tu:echo 9tu:discard,null,sink 11t:systat,users 13tu:daytime 15t:netstat 17t:qotd,quote "
        + "19tu:chargen,source,ttytst 20t:ftp-data 21u:fsp,fspd 21t:ftp 22t:ssh 23t:telnet 25t:mail,smtp 37tu:time,timserver "
        + "43t:nicname,whois 49tu:tacacs 53tu:domain 67u:bootps 68u:bootpc 69u:tftp 70t:gopher 79t:finger 80t:http,www "
        + "88tu:kerberos,kerberos-sec,kerberos5,krb5 102t:iso-tsap,tsap 104t:acr-nema,dicom 106t:poppassd 110t:pop-3,pop3 "
        + "111tu:portmapper,sunrpc 113t:auth,authentication,ident,tap 119t:nntp,readnews,untp 123u:ntp 135t:epmap,loc-srv "
        + "137u:netbios-ns 138u:netbios-dgm 139t:netbios-ssn 143t:imap,imap2 161tu:snmp 162tu:snmp-trap,snmptrap 163tu:cmip-man "
        + "164tu:cmip-agent 174t:mailq 177u:xdmcp 179t:bgp 199t:smux 209t:qmtp 210t:wais,z3950 213u:ipx 319u:ptp-event "
        + "320u:ptp-general 345t:pawserv 346t:zserv 369tu:rpc2portmap 370tu:codaauth2 371u:Clearcase,clearcase 389tu:ldap "
        + "427tu:svrloc 443tu:https 444t:snpp 445t:microsoft-ds 464tu:kpasswd 465t:smtps,ssmtp,submissions,urd 487t:saft "
        + "500u:isakmp 512u:biff,comsat 512t:exec 513t:login 513u:who,whod 514t:cmd,shell 514tu:syslog 515t:printer,spooler "
        + "517u:talk 518u:ntalk 520u:route,routed,router 538tu:gdomap 540t:uucp,uucpd 543t:klogin 544t:krcmd,kshell "
        + "546u:dhcpv6-client 547u:dhcpv6-server 548t:afpovertcp 554tu:rtsp 563t:nntps,snntp 587t:submission 607t:nqs "
        + "623u:asf-rmcp 628t:qmqp 631t:ipp 636tu:ldaps 646tu:ldp 655tu:tinc 706t:silc 749t:kerberos-adm "
        + "750tu:kdc,kerberos-iv,kerberos4 751tu:kerberos-master 751u:kerberos_master 752u:passwd-server,passwd_server "
        + "754t:hprop,krb-prop,krb5_prop,krb_prop 775t:moira-db,moira_db 777t:moira-update,moira_update "
        + "779u:moira-ureg,moira_ureg 783t:spamd 853tu:domain-s 871t:supfilesrv 873t:rsync 989t:ftps-data 990t:ftps 992t:telnets "
        + "993t:imaps 995t:pop3s 1080t:socks 1093t:proofd 1094t:rootd 1099t:rmiregistry 1127t:supfiledbg 1178t:skkserv "
        + "1194tu:openvpn 1210u:predict 1236t:rmtcfg 1313t:xtel 1314t:xtelw 1352t:lotusnote,lotusnotes 1433t:ms-sql-s "
        + "1434u:ms-sql-m 1524t:ingreslock 1645tu:datametrics,old-radius 1646tu:old-radacct,sa-msg-port 1649t:kermit "
        + "1677t:groupwise 1701u:l2f,l2tp 1812tu:radius 1813tu:radacct,radius-acct 2000t:cisco-sccp 2049tu:nfs 2086tu:gnunet "
        + "2101tu:rtcm-sc104 2102u:zephyr-srv 2103u:zephyr-clt 2104u:zephyr-hm 2119t:gsigatekeeper 2121t:iprop 2135t:gris "
        + "2401t:cvspserver 2430tu:venus 2431tu:venus-se 2432tu:codasrv 2433tu:codasrv-se 2583tu:mon 2600t:zebrasrv 2601t:zebra "
        + "2602t:ripd 2603t:ripngd 2604t:ospfd 2605t:bgpd 2606t:ospf6d 2607t:ospfapi 2608t:isisd 2628t:dict 2792t:f5-globalsite "
        + "2811t:gsiftp 2947t:gpsd 3050t:gds-db,gds_db 3130u:icp,icpv2 3205tu:isns 3260t:iscsi-target 3306t:mysql "
        + "3389t:ms-wbt-server 3493tu:nut 3632t:distcc 3689t:daap 3690t:subversion,svn 4031t:suucp 4094t:sysrqd 4190t:sieve "
        + "4353t:f5-iquery 4369t:epmd 4373t:remctl 4460t:ntske 4500u:ipsec-nat-t 4557t:fax 4559t:hylafax 4569u:iax 4691t:mtn "
        + "4899t:radmin-port 4949t:lrrd,munin 5060tu:sip 5061tu:sip-tls 5222t:jabber-client,xmpp-client "
        + "5269t:jabber-server,xmpp-server 5308t:cfengine 5353u:mdns 5432t:postgres,postgresql 5555u:rplay 5556t:freeciv,rptp "
        + "5666t:nrpe 5667t:nsca 5671t:amqps 5672ts:amqp 5680t:canna 6000t:x11,x11-0 6001t:x11-1 6002t:x11-2 6003t:x11-3 "
        + "6004t:x11-4 6005t:x11-5 6006t:x11-6 6007t:x11-7 6346tu:gnutella-svc 6347tu:gnutella-rtr 6379t:redis "
        + "6444t:sge-qmaster,sge_qmaster 6445t:sge-execd,sge_execd 6446t:mysql-proxy 6514t:syslog-tls 6566t:sane,sane-port,saned "
        + "6667t:ircd 6696u:babel 6697t:ircs-u 7000u:afs3-fileserver 7000t:bbs 7001u:afs3-callback 7002u:afs3-prserver "
        + "7003u:afs3-vlserver 7004u:afs3-kaserver 7005u:afs3-volser 7007u:afs3-bos 7008u:afs3-update 7009u:afs3-rmtsys "
        + "7100t:font-service,xfs 8021t:zope-ftp 8080t:http-alt,webcache 8081t:tproxy 8088t:omniorb 8140t:puppet "
        + "8990t:clc-build-daemon 9098t:xinetd 9101t:bacula-dir 9102t:bacula-fd 9103t:bacula-sd 9418t:git 9667t:xmms2 9673t:zope "
        + "10000t:webmin 10050t:zabbix-agent 10051t:zabbix-trapper 10080t:amanda 10081t:kamanda 10082t:amandaidx "
        + "10083t:amidxtape 10809t:nbd 11371t:hkp 17001u:sgi-cmsd 17002u:sgi-crsd 17003u:sgi-gcd 17004t:sgi-cad 17500t:db-lsp "
        + "22125t:dcap 22128t:gsidcap 22273t:wnn6 24554t:binkp 27374tu:asp 30865t:csync2 57000t:dircproxy 60177t:tfido "
        + "60179t:fido";

    private static readonly FrozenDictionary<string, ServicePorts> Services = Read();

    /// <summary>The ports of a service.</summary>
    public static bool TryFind(string name, out ServicePorts ports) => Services.TryGetValue(name, out ports);

    private static FrozenDictionary<string, ServicePorts> Read()
    {
        var services = new Dictionary<string, ServicePorts>();
        foreach (string entry in Table.Split(' '))
        {
            int colon = entry.IndexOf(':', StringComparison.Ordinal);
            int digits = entry.AsSpan(0, colon).IndexOfAnyExceptInRange('0', '9');
            ushort port = ushort.Parse(entry.AsSpan(0, digits), CultureInfo.InvariantCulture);
            ReadOnlySpan<char> transports = entry.AsSpan(digits, colon - digits);
            foreach (string name in entry[(colon + 1)..].Split(','))
            {
                ServicePorts ports = services.GetValueOrDefault(name);
                services[name] = new ServicePorts(
                    transports.Contains('t') ? port : ports.Tcp,
                    transports.Contains('u') ? port : ports.Udp,
                    transports.Contains('s') ? port : ports.Sctp);
            }
        }

        return services.ToFrozenDictionary();
    }
}
