using System.Globalization;
using System.Text;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class FlowJobsTests
{
    private const string Records =
        """
        stime,ltime,proto,saddr,sport,dir,daddr,dport,spkts,dpkts,sbytes,dbytes,sappbytes,dappbytes,state,service
        1767571200.000000,1767571201.500000,tcp,10.0.0.5,40000,->,192.0.2.7,443,10,12,1500,9000,900,8200,FIN,tls
        1767571230.000000,1767571290.000000,tcp,10.0.0.5,40001,->,192.0.2.7,443,40,60,60000,4000,57000,600,FIN,tls
        1767571231.000000,1767571231.250000,udp,10.0.0.6,5353,->,192.0.2.53,53,1,1,80,220,38,178,CON,dns
        1767571240.000000,1767571241.000000,tcp,192.0.2.7,443,->,10.0.0.5,40000,3,2,300,200,0,0,RST,tls

        """;

    [Fact]
    public async Task Merging_sorting_and_choosing_columns_give_the_recipe_of_racluster_and_rasort()
    {
        (int status, string output, _) = await Run(Records, "--aggregate", "--sort", "sbytes", "--top", "2", "--format", "csv", "--fields", "saddr,sport,daddr,dport,pkts,sbytes,state,trans");

        Assert.Equal(0, status);
        Assert.Equal(
            """
            saddr,sport,daddr,dport,pkts,sbytes,state,trans
            10.0.0.5,40001,192.0.2.7,443,100,60000,FIN,1
            10.0.0.5,40000,192.0.2.7,443,27,1700,RST,2

            """,
            output);
    }

    [Fact]
    public async Task Conditions_keep_flows_and_several_must_all_be_met()
    {
        (_, string output, string error) = await Run(Records, "--where", "tcp or udp and port 53", "--where", "dur >= 1s and saddr = 10.0.0.0/8", "--format", "tsv", "--fields=sport,dur");

        Assert.Equal("sport\tdur\n40000\t1.500000\n40001\t60.000000\n", output);
        Assert.Contains("mixes 'and' and 'or' without parentheses", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bins_of_records_add_up()
    {
        (_, string output, _) = await Run(Records, "--where", "sport = 40001", "--bins", "1m", "--aggregate", "saddr", "--bins-hard", "--format", "csv", "--fields", "stime,ltime,saddr,pkts,bytes");

        Assert.Equal(
            """
            stime,ltime,saddr,pkts,bytes
            1767571200.000000,1767571260.000000,10.0.0.5,50,32000
            1767571260.000000,1767571320.000000,10.0.0.5,50,32000

            """,
            output);
    }

    [Theory]
    [InlineData("--where column 1: there is no field 'sprot'; the nearest are sport,", "--where", "sprot = 5")]
    [InlineData("--sort: there is no field 'sbyte'; the nearest are sbytes,", "--sort", "sbyte")]
    [InlineData("--fields column 7: there is no field 'x'", "--fields", "saddr,x")]
    [InlineData("--aggregate: 'bytes' is no key; there are saddr", "--aggregate", "bytes")]
    [InlineData("--bins 'x' is no bin of time", "--bins", "x")]
    [InlineData("--bins-hard and --bins-zero say how", "--bins-hard")]
    [InlineData("--bidirectional says how", "--bidirectional")]
    [InlineData("--top must be at least 1", "--top", "0")]
    [InlineData("--top is for flows; --beacon", "--beacons", "--top", "3")]
    [InlineData("findings are told as table, jsonl, csv, tsv", "--scans", "--format", "zeek")]
    [InlineData("--format csv tells one analysis", "--scans", "--long", "--format", "csv")]
    [InlineData("--scan-window '0s' is no span of time", "--scans", "--scan-window", "0s")]
    [InlineData("--local: 'x' is no address", "--exfil", "--local", "x")]
    [InlineData("--beacon-score must be 0 to 1", "--beacons", "--beacon-score", "2")]
    public async Task What_is_wrong_is_told_in_one_line_with_status_2(string words, params string[] options)
    {
        (int status, string output, string error) = await Run(Records, options);

        Assert.Equal((2, ""), (status, output));
        Assert.StartsWith($"vittne: {words}", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(static c => c == '\n'));
    }

    [Fact]
    public async Task A_capture_behind_aggregate_is_no_key()
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(Records));
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);

        Assert.Equal(0, await App.RunAsync(["flows", "--aggregate", file.Path, "--format", "csv", "--fields", "trans", "-q"], output, error));
        Assert.Equal("trans\n2\n1\n1\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Fields_are_listed_with_their_other_names()
    {
        (int status, string output, _) = await Run(Records, "--fields", "list");

        Assert.Equal(0, status);
        Assert.Contains("saddr           address   address of the originator (also src_ip)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_a_table_or_records_with_their_evidence()
    {
        var records = new StringBuilder("stime,ltime,proto,saddr,sport,daddr,dport,spkts,dpkts,sbytes,dbytes,sflags,dflags,conn_state,flow_id\n");
        for (int port = 1; port <= 40; port++)
        {
            records.AppendLine(CultureInfo.InvariantCulture, $"1767571200.{port:D6},1767571201.000000,tcp,10.0.0.9,50000,10.0.0.1,{port},1,1,60,60,{(port == 22 ? "SR,SA,RSTO" : "S,RA,REJ")},{port}");
        }

        (int status, string table, _) = await Run(records.ToString(), "--scans");
        Assert.Equal(0, status);
        Assert.Equal(
            """
            kind      technique  src_ip    dst_ip    targets  ports  port_list  flows  unanswered  open_count  open         first                    last
            vertical  syn        10.0.0.9  10.0.0.1        1     40  1-40          40           1           1  10.0.0.1:22  2026-01-05T00:00:00.000  2026-01-05T00:00:01.000

            """,
            table);

        (_, string json, _) = await Run(records.ToString(), "--scans", "--format", "jsonl");
        Assert.StartsWith(
            """{"record":"scan","ts":"2026-01-05T00:00:01.000000000Z",""", json, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            "src_ip":"10.0.0.9","dst_ip":"10.0.0.1","transport":"tcp","kind":"vertical","technique":"syn","targets":1,"ports":40,"port_list":"1-40","unanswered":1,"open_count":1,"open":["10.0.0.1:22"],"flows":40,"first":"2026-01-05T00:00:00.000001000Z","last":"2026-01-05T00:00:01.000000000Z","evidence":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}

            """,
            json, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output, string Error)> Run(string records, params string[] options)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(records));
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int status = await App.RunAsync(["flows", file.Path, "-q", .. options], output, error);
        return (status, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }
}
