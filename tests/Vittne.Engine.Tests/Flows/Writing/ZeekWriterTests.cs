using Vittne.Engine.Flows.Writing;
using Vittne.Engine.Flows.Writing.Zeek;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed class ZeekWriterTests
{
    private const string Header = """
        #separator \x09
        #set_separator	,
        #empty_field	(empty)
        #unset_field	-
        #path	conn
        #open	2023-11-14-22-13-20
        #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	local_orig	local_resp	missed_bytes	history	orig_pkts	orig_ip_bytes	resp_pkts	resp_ip_bytes	tunnel_parents	ip_proto
        #types	time	string	addr	port	addr	port	enum	string	interval	count	count	string	bool	bool	count	string	count	count	count	count	set[string]	count

        """;

    [Fact]
    public void Log_has_the_lines_of_Zeek() => Assert.Equal(
        Header.ReplaceLineEndings("\n") + """
        1700000000.123456	CEuuGouRZqB17hqKZp	192.168.1.10	40000	203.0.113.5	80	tcp	http	1.500000	190	4600	SF	T	F	10	ShADadFf	6	516	5	4930	-	6
        1700000000.123456	C8SPaXjkk1kiVQSZXj	2001:db8::1	5353	2001:db8::53	53	udp	dns	-	-	-	S0	F	F	0	D	1	76	0	0	-	17
        1700000000.123456	C9xc4GLmXecban1CcC	10.0.0.1	8	10.0.0.2	0	icmp	-	0.020000	56	56	OTH	T	T	0	-	1	84	1	84	Cy3iS4bZtwLfAa0BIr	1
        #close	2023-11-14-22-13-21

        """.ReplaceLineEndings("\n"),
        Written.By(Zeek, SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Ping()));

    [Fact]
    public void Measures_of_Zeek_win_over_those_of_the_record()
    {
        FlowRecord record = SampleFlows.Http();
        record.Zeek = new FlowZeek { DurationNs = 1_400_000_400, SourceBytes = 191, DestinationBytes = 4_601, MissedBytes = 3 };
        string[] row = Row(record);

        Assert.Equal(["1.400000", "191", "4601"], row[8..11]);
        Assert.Equal("3", row[14]);
    }

    [Fact]
    public void Services_have_the_names_of_Zeek_unless_only_the_port_tells_them()
    {
        FlowRecord record = SampleFlows.Http();
        record.Service = "tls,http";
        Assert.Equal("ssl,http", Row(record)[7]);
        record.ServiceBy = "port";
        Assert.Equal("-", Row(record)[7]);
    }

    [Theory]
    [InlineData("-", "\\x2d")]
    [InlineData("(empty)", "\\x28empty)")]
    [InlineData("a\tb\n", "a\\x09b\\x0a")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("naïve", "naïve")]
    [InlineData("\u0085", "\\xc2\\x85")]
    public void Text_that_looks_like_structure_is_escaped(string text, string expected)
    {
        FlowRecord record = SampleFlows.Http();
        record.History = text;

        Assert.Equal(expected, Row(record)[15]);
    }

    [Fact]
    public void What_has_no_host_at_both_ends_is_left_out_and_counted()
    {
        var writer = new ZeekWriter(new FlowWriterOptions { Output = new MemoryStream() });
        writer.Add(SampleFlows.Merged());
        writer.Add(SampleFlows.Frame());
        writer.Add(SampleFlows.Arp());

        Assert.Equal(3, writer.LeftOut);
    }

    [Fact]
    public void Names_of_connections_differ_and_repeat()
    {
        string[] names = [.. Enumerable.Range(0, 1_000).Select(static id =>
        {
            FlowRecord record = SampleFlows.Dns();
            record.FlowId = id;
            return Row(record)[1];
        })];

        Assert.Equal(1_000, names.Distinct().Count());
        Assert.All(names, static name => Assert.Matches("^C[0-9A-Za-z]{17}$", name));
        Assert.Equal(names[8], Row(SampleFlows.Dns())[1]);
    }

    [Fact]
    public void Log_without_flows_has_its_header() => Assert.EndsWith("#close\t1970-01-01-00-00-00\n", Written.By(Zeek), StringComparison.Ordinal);

    private static string[] Row(FlowRecord record) => Written.By(Zeek, record).Split('\n')[8].Split('\t');

    private static ZeekWriter Zeek(FlowWriterOptions options) => new(options);
}
