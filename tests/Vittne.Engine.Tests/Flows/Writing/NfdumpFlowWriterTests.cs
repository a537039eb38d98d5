using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed class NfdumpFlowWriterTests
{
    [Fact]
    public void Line_has_a_cell_for_each_name()
    {
        string[] lines = Written.By(Nfdump, SampleFlows.All()).TrimEnd('\n').Split('\n');

        Assert.StartsWith("ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt,in,out,sas,das,", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, static line => Assert.Equal(48, line.Split(',').Length));
    }

    [Fact]
    public void Line_is_that_of_nfdump() => Assert.Equal(
        "2023-11-14 22:13:20,2023-11-14 22:13:21,1.500,192.168.1.10,203.0.113.5,40000,80,TCP,...AP.SF,0,0,6,516,5,4930,0,0,0,0,0,0,0,0,0.0.0.0,0.0.0.0,0,0,"
        + "02:00:00:00:00:01,00:00:00:00:00:00,02:00:00:00:00:02,00:00:00:00:00:00,0-0-0,0-0-0,0-0-0,0-0-0,0-0-0,0-0-0,0-0-0,0-0-0,0-0-0,0-0-0,"
        + "    1.000,   29.000,    0.000,0.0.0.0,0/0,0,2023-11-14 22:13:21.623",
        Written.By(Nfdump, SampleFlows.Http()).Split('\n')[1]);

    [Fact]
    public void Icmp_has_type_and_code_for_a_port()
    {
        string[] cells = Written.By(Nfdump, SampleFlows.Ping()).Split('\n')[1].Split(',');

        Assert.Equal(["10.0.0.1", "10.0.0.2", "0", "8.0", "ICMP"], cells[3..8]);
        Assert.Equal("200", cells[25]);
    }

    [Fact]
    public void Wide_latency_pushes_its_column()
    {
        FlowRecord record = SampleFlows.Http();
        record.Tcp!.SynAckToAckNs = 123_456_789_000_000;

        Assert.Contains(",123456789.000,   29.000,", Written.By(Nfdump, record), StringComparison.Ordinal);
    }

    private static NfdumpFlowWriter Nfdump(FlowWriterOptions options) => new(options);
}
