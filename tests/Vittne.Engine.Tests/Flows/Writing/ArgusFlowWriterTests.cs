using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed class ArgusFlowWriterTests
{
    [Fact]
    public void Text_is_that_of_ra() => Assert.Equal(
        """
        StartTime,Flgs,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,TotPkts,TotBytes,State
        1700000000.123456, e s      ,tcp,192.168.1.10,40000,   ->,203.0.113.5,80,11,5600,FIN
        1700000000.123456,          ,udp,2001:db8::1,5353,   ->,2001:db8::53,53,1,90,INT
        1700000000.123456, *        ,icmp,10.0.0.1,0x0008,  <->,10.0.0.2,0x1c88,2,196,ECO
        1700000000.123456,          ,arp,10.0.0.1,,  who,10.0.0.2,,1,60,INT

        """.ReplaceLineEndings("\n"),
        Written.By(Argus, SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Ping(), SampleFlows.Arp()));

    [Fact]
    public void Chosen_columns_have_the_headings_of_ra() => Assert.Equal(
        """
        StartTime,SrcAddr,DstAddr,Sport,Dport,Dur,Proto,SrcBytes,PCRatio,sVlan,conn_state
        1700000000.123456,192.168.1.10,203.0.113.5,40000,80,1.500000,tcp,600,-0.918367,,SF

        """.ReplaceLineEndings("\n"),
        Written.By(Argus, "stime,saddr,daddr,sport,dport,dur,proto,sbytes,pcr,vlan,conn_state", [SampleFlows.Http()]));

    [Fact]
    public void Text_never_breaks_the_line_or_the_column()
    {
        FlowRecord record = SampleFlows.Http();
        record.Service = "a,b\nc";

        Assert.Equal("service\na;b\\x0ac\n", Written.By(Argus, "service", [record]));
    }

    [Fact]
    public void Every_heading_leads_back_to_its_field()
    {
        foreach (FlowField field in FlowFields.All)
        {
            Assert.True(ArgusColumns.TryFind(ArgusColumns.Label(field), out FlowField? found));
            Assert.Same(field, found);
        }
    }

    private static ArgusFlowWriter Argus(FlowWriterOptions options) => new(options);
}
