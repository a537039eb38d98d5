using Vittne.Engine.Flows.Reading;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Reading;

public sealed class ForeignRecordsTests
{
    [Fact]
    public void Zeek_log_is_read_by_the_names_of_its_fields()
    {
        Readings read = Readings.Of("""
            #separator \x09
            #set_separator	,
            #empty_field	(empty)
            #unset_field	-
            #path	conn
            #open	2020-01-01-00-00-00
            #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	local_orig	missed_bytes	history	orig_pkts	orig_ip_bytes	resp_pkts	resp_ip_bytes	tunnel_parents	odd
            #types	time	string	addr	port	addr	port	enum	string	interval	count	count	string	bool	count	string	count	count	count	count	set[string]	string
            1300475168.853899	C1	141.142.220.118	43927	141.142.2.2	53	udp	dns	0.000435	38	89	SF	-	0	Dd	1	66	1	117	(empty)	x
            1300475168.724007	C2	141.142.220.118	48649	208.80.152.118	80	tcp	ssl,http	0.119905	525	232	S1	-	5	ShADad	4	741	3	396	C1	-
            1334173763.977955	C3	10.0.0.1	8	10.0.0.2	0	icmp	-	-	-	-	OTH	-	0	-	1	84	0	0	-	-
            #close	2020-01-01-00-00-01
            """);
        FlowRecord dns = read.Records[0];
        FlowRecord http = read.Records[1];
        FlowRecord ping = read.Records[2];

        Assert.Equal(FlowInputKind.Zeek, read.Kind);
        Assert.Equal((3, 0L), (read.Records.Count, read.Summary.Broken));
        Assert.Equal((1_300_475_168_853_899_000, 435_000, "udp", "dns", "SF", "Dd"), (dns.FirstNs, dns.DurationNs, dns.Protocol, dns.Service, dns.ConnectionState, dns.History));
        Assert.Equal((38, 89, 1, 1, 66, 117), (dns.SourceAppBytes, dns.DestinationAppBytes, dns.SourcePackets, dns.DestinationPackets, dns.SourceIpBytes, dns.DestinationIpBytes));
        Assert.Equal(("tls,http", 525, 5, dns.FlowId), (http.Service, http.SourceSequenceBytes, http.Zeek?.MissedBytes ?? -1, http.Context?.Parent ?? -1));
        Assert.Equal((8, 0, -1, 0), (ping.Context?.IcmpType ?? -1, ping.Context?.IcmpCode ?? -1, ping.SourcePort, ping.DurationNs));
        Assert.Equal(FlowRecord.Unknown, ping.SourceAppBytes);
    }

    [Fact]
    public void Zeek_log_as_json_is_read_with_either_form_of_time()
    {
        Readings read = Readings.Of("""
            {"ts":1300475168.853899,"uid":"C1","id.orig_h":"141.142.220.118","id.orig_p":43927,"id.resp_h":"141.142.2.2","id.resp_p":53,"proto":"udp","service":"dns","duration":0.000435,"conn_state":"SF","tunnel_parents":["C9"]}
            {"ts":"2011-03-18T19:06:08.853899Z","uid":"C2","id.orig_h":"2001:db8::1","id.orig_p":135,"id.resp_h":"2001:db8::2","id.resp_p":136,"proto":"icmp","duration":1.2e-05}
            {"_path":"dns","ts":1,"uid":"C1","id.orig_h":"141.142.220.118"}
            """);

        Assert.Equal(FlowInputKind.ZeekJson, read.Kind);
        Assert.Equal(read.Records[0].FirstNs, read.Records[1].FirstNs);
        Assert.Equal(("ipv6-icmp", 135, 0, 12_000), (read.Records[1].Protocol, read.Records[1].Context?.IcmpType, read.Records[1].Context?.IcmpCode, read.Records[1].DurationNs));
        Assert.Equal((2, 0L), (read.Records.Count, read.Summary.Broken));
    }

    [Fact]
    public void Eve_log_gives_its_flow_and_netflow_events()
    {
        Readings read = Readings.Of("""
            {"timestamp":"2015-08-29T16:56:35.001412-0400","event_type":"stats","stats":{"uptime":1}}
            {"timestamp":"2015-08-29T16:56:35.001412-0400","flow_id":42524104,"event_type":"flow","src_ip":"192.168.1.2","src_port":1024,"dest_ip":"192.168.1.3","dest_port":1119,"proto":"TCP","app_proto":"failed","flow":{"pkts_toserver":1,"pkts_toclient":2,"bytes_toserver":60,"bytes_toclient":120,"start":"2015-08-29T16:54:30.107261-0400","end":"2015-08-29T16:54:30.145541-0400","age":0,"state":"closed","reason":"timeout","alerted":false},"tcp":{"tcp_flags":"14","tcp_flags_ts":"10","tcp_flags_tc":"14","rst":true}}
            {"timestamp":"2015-08-29T16:56:35.001412-0400","flow_id":5,"event_type":"netflow","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","proto":"ICMP","icmp_type":8,"icmp_code":0,"app_proto":"tls","netflow":{"pkts":3,"bytes":300,"start":"2015-08-29T16:54:30.107261+0000","end":"2015-08-29T16:54:31.107261+0000","age":1}}
            """);
        FlowRecord flow = read.Records[0];

        Assert.Equal((FlowInputKind.Eve, 2), (read.Kind, read.Records.Count));
        Assert.Equal((1_440_881_670_107_261_000, 38_280_000, 42_524_104), (flow.FirstNs, flow.DurationNs, flow.FlowId));
        Assert.Equal((1, 2, 60, 120, 0x10, 0x14), (flow.SourcePackets, flow.DestinationPackets, flow.SourceBytes, flow.DestinationBytes, (int)flow.SourceFlags, (int)flow.DestinationFlags));
        Assert.Equal(("closed", "timeout", null), (flow.EveState, flow.Reason, flow.Service));
        Assert.Equal((3, FlowRecord.Unknown, "tls", 8), (read.Records[1].SourcePackets, read.Records[1].DestinationPackets, read.Records[1].Service, read.Records[1].Context?.IcmpType));
    }

    [Fact]
    public void Nfdump_table_is_read_up_to_its_summary()
    {
        Readings read = Readings.Of("""
            ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,smk,dmk,dtos,dir,nh,nhb,svln,dvln,ismc,odmc,idmc,osmc
            2011-03-18 19:06:08,2011-03-18 19:06:08,0.100,141.142.220.118,141.142.2.2,43927,53,TCP,...AP.SF,0,0,1,66,2,117,0,0,7,0,0,0,0,0,0.0.0.0,0.0.0.0,12,0,00:00:00:00:00:00,00:00:00:00:00:00,02:00:00:00:00:01,00:00:00:00:00:00
            2011-03-18 19:06:09,2011-03-18 19:06:09,0.000,10.0.0.1,10.0.0.2,0,8.3,ICMP,........,0,0,1,84,0,0,0,0,0,0,0,0,0,0,0.0.0.0,0.0.0.0,0,0,00:00:00:00:00:00,00:00:00:00:00:00,00:00:00:00:00:00,00:00:00:00:00:00
            Summary
            flows,bytes,packets,avg_bps,avg_pps,avg_bpp
            57,22896,126,28714,19,181
            """);
        FlowRecord flow = read.Records[0];

        Assert.Equal((FlowInputKind.Nfdump, 2, 0L), (read.Kind, read.Records.Count, read.Summary.Broken));
        Assert.Equal((1_300_475_168_000_000_000, 100_000_000, 53, 0x1B), (flow.FirstNs, flow.DurationNs, flow.DestinationPort, (int)flow.SourceFlags));
        Assert.Equal((66, 117, FlowRecord.Unknown, 7), (flow.SourceIpBytes, flow.DestinationIpBytes, flow.SourceBytes, flow.Context?.SourceSystem ?? -1));
        Assert.Equal((FlowRecord.Unknown, 0x0200_0000_0001), (flow.SourceMac, flow.DestinationMac));
        Assert.Equal([12], flow.Vlan ?? []);
        Assert.Equal((8, 3, -1), (read.Records[1].Context?.IcmpType, read.Records[1].Context?.IcmpCode, read.Records[1].SourcePort));
    }

    [Theory]
    [InlineData(',')]
    [InlineData('|')]
    [InlineData('\t')]
    public void Text_of_ra_is_read_with_any_delimiter(char delimiter)
    {
        Readings read = Readings.Of("""
            StartTime,LastTime,Flgs,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,SrcPkts,DstPkts,SrcBytes,State,sVlan
            1795616288.674895,1795616288.674895,          ,man,0,0,,0,0,0,0,0,STA,
            1300475168.652003,1300475169.652003, e        ,tcp,141.142.220.118,35634,  <?>,208.80.152.2,80,2,1,595,CON,0x0064
            1334173763.977955,1334173763.977956, e        ,icmp,10.0.0.1,0x0303,   ->,74.125.225.99,0x1c88,1,0,98,URP,
            """.Replace(',', delimiter));
        FlowRecord tcp = read.Records[0];

        Assert.Equal((FlowInputKind.Argus, 2, 0L), (read.Kind, read.Records.Count, read.Summary.Broken));
        Assert.Equal(("tcp", 35_634, 80, FlowDirection.Guessed, 2, 1, 595, "CON"), (tcp.Protocol, tcp.SourcePort, tcp.DestinationPort, tcp.Direction, tcp.SourcePackets, tcp.DestinationPackets, tcp.SourceBytes, tcp.State));
        Assert.Equal([100], tcp.Vlan ?? []);
        Assert.Equal((3, 3, 0x1C88), (read.Records[1].Context?.IcmpType, read.Records[1].Context?.IcmpCode, read.Records[1].Context?.IcmpId));
    }

    [Fact]
    public void Text_of_ra_in_columns_of_blanks_is_refused_in_words()
    {
        Readings read = Readings.Of("         StartTime      Flgs  Proto            SrcAddr  Sport   Dir            DstAddr  Dport\n   19:06:07.096535  e           udp    141.142.220.202.5353      ->        224.0.0.251.5353\n");

        Assert.Empty(read.Records);
        Assert.Contains("ra -c ,", read.Summary.Note("a.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_lines_are_counted_and_the_first_three_named()
    {
        Readings read = Readings.Of("""
            {"record":"flow","saddr":"10.0.0.1"}
            {"record":"flow","saddr":"10.0.0.1"
            {"record":"flow","spkts":-1}
            {"record":"dns","saddr":"10.0.0.1"}
            {"record":"flow","saddr":"not an address"}

            []
            {"record":"flow","saddr":"10.0.0.2"} x
            {"record":"flow","saddr":"10.0.0.3","other":{"deep":[1,{"a":2}]}}
            """);

        Assert.Equal(2, read.Records.Count);
        Assert.Equal(5, read.Summary.Broken);
        Assert.Equal(
            "a.jsonl: 5 lines could not be read (line 2: is no JSON (byte 35); line 3: spkts is no '-1'; line 5: saddr is no 'not an address'; …); all others were",
            read.Summary.Note("a.jsonl"));
    }

    [Fact]
    public void Line_of_a_gigabyte_costs_no_gigabyte()
    {
        byte[] start = "{\"record\":\"flow\",\"saddr\":\"10.0.0.1\"}\n"u8.ToArray();
        byte[] bytes = [.. start, .. Enumerable.Repeat((byte)'x', 3 << 20), (byte)'\n', .. start];
        Readings read = Readings.Of(bytes);

        Assert.Equal((2, 1L), (read.Records.Count, read.Summary.Broken));
        Assert.Equal("line 2: is longer than 1 MiB", Assert.Single(read.Summary.Problems));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello world\n")]
    [InlineData("a,b,c\n1,2,3\n")]
    [InlineData("{\"a\":1}\n")]
    [InlineData("[1,2]\n")]
    [InlineData("\0\u0001\u0002\u0003 and more of that which is not known at all")]
    public void What_is_no_record_counts_as_a_capture(string text) => Assert.Equal(FlowInputKind.Capture, Readings.Of(text).Kind);
}
