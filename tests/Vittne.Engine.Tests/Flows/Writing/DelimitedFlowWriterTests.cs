using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed class DelimitedFlowWriterTests
{
    [Fact]
    public void Csv_has_the_default_columns_when_none_are_asked_for() => Assert.Equal(
        "stime,dur,proto,saddr,sport,dir,daddr,dport,spkts,dpkts,sbytes,dbytes,state,service\r\n"
        + "1700000000.123456,1.500000,tcp,192.168.1.10,40000,->,203.0.113.5,80,6,5,600,5000,FIN,http\r\n"
        + "1700000000.123456007,0.000000000,udp,2001:db8::1,5353,->,2001:db8::53,53,1,0,90,0,INT,dns\r\n"
        + "1700000000.123456,0.000000,stp,02:00:00:00:00:01,,->,01:80:c2:00:00:00,,1,0,60,0,,\r\n"
        + "1700000000.123456,60.000000,tcp,10.1.0.0/16,*,,*,*,1000000,2,3000000000000,120,CON,\r\n",
        Written.By(Csv, SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Frame(), SampleFlows.Merged()));

    [Fact]
    public void Names_stand_as_they_were_asked_for() => Assert.Equal(
        "ts,src_ip,SADDR,transport\r\n2023-11-14T22:13:20.123456000Z,10.0.0.1,10.0.0.1,none\r\n",
        Written.By(Csv, "ts,src_ip,SADDR,transport", [SampleFlows.Arp()]));

    [Fact]
    public void Csv_quotes_what_would_be_read_as_structure()
    {
        FlowRecord record = SampleFlows.Ping();
        record.Service = "a\"b,c\n\u001b[0m";

        Assert.Equal("vlan,service,tunnel\r\n\"100,200\",\"a\"\"b,c\\x0a\\x1b[0m\",gre\r\n", Written.By(Csv, "vlan,service,tunnel", [record]));
    }

    [Fact]
    public void Tsv_quotes_nothing_and_keeps_a_record_on_one_line()
    {
        FlowRecord record = SampleFlows.Ping();
        record.Service = "a\"b,c\td\u0085";

        Assert.Equal("vlan\tservice\n100,200\ta\"b,c\\x09d\\x85\n", Written.By(Tsv, "vlan,service", [record]));
    }

    private static DelimitedFlowWriter Csv(FlowWriterOptions options) => new(options, isCsv: true);

    private static DelimitedFlowWriter Tsv(FlowWriterOptions options) => new(options, isCsv: false);
}
