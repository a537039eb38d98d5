using System.Text.Json;
using System.Text.RegularExpressions;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed partial class EveFlowWriterTests
{
    private static readonly string[] FlowKeys =
        ["pkts_toserver", "pkts_toclient", "bytes_toserver", "bytes_toclient", "start", "end", "age", "state", "reason", "alerted"];

    [Fact]
    public void Event_has_the_keys_of_Suricata_in_its_order() => Assert.Equal(
        """
        {"timestamp":"2023-11-14T22:13:21.623456+0000","flow_id":7,"pcap_cnt":12,"event_type":"flow","src_ip":"192.168.1.10","src_port":40000,"dest_ip":"203.0.113.5","dest_port":80,"proto":"TCP","app_proto":"http","flow":{"pkts_toserver":6,"pkts_toclient":5,"bytes_toserver":600,"bytes_toclient":5000,"start":"2023-11-14T22:13:20.123456+0000","end":"2023-11-14T22:13:21.623456+0000","age":1,"state":"closed","reason":"timeout","alerted":false},"community_id":"COMMUNITY","tcp":{"tcp_flags":"1b","tcp_flags_ts":"1b","tcp_flags_tc":"1b","syn":true,"fin":true,"psh":true,"ack":true,"state":"closed"},"pcap_filename":"a.pcap"}

        """.ReplaceLineEndings("\n").Replace("COMMUNITY", SampleFlows.Http().CommunityId(), StringComparison.Ordinal),
        Written.By(Eve, SampleFlows.Http()));

    [Fact]
    public void Icmp_has_types_for_ports()
    {
        using JsonDocument parsed = Parsed(SampleFlows.Ping());
        JsonElement root = parsed.RootElement;

        Assert.Equal((8, 0, 0), (root.GetProperty("icmp_type").GetInt32(), root.GetProperty("icmp_code").GetInt32(), root.GetProperty("response_icmp_type").GetInt32()));
        Assert.False(root.TryGetProperty("src_port", out _));
        Assert.Equal("[100,200]", root.GetProperty("vlan").GetRawText());
    }

    [Fact]
    public void End_of_the_capture_is_the_end_of_the_engine()
    {
        using JsonDocument parsed = Parsed(SampleFlows.Dns());

        Assert.Equal("shutdown", parsed.RootElement.GetProperty("flow").GetProperty("reason").GetString());
    }

    [Fact]
    public void Types_are_those_that_readers_of_EVE_expect()
    {
        foreach (FlowRecord record in (FlowRecord[])[SampleFlows.Http(), SampleFlows.Dns(), SampleFlows.Ping()])
        {
            using JsonDocument parsed = Parsed(record);
            JsonElement flow = parsed.RootElement.GetProperty("flow");
            Assert.Matches(Timestamp(), parsed.RootElement.GetProperty("timestamp").GetString());
            Assert.Matches(Timestamp(), flow.GetProperty("start").GetString());
            Assert.Matches(Timestamp(), flow.GetProperty("end").GetString());
            Assert.Equal(FlowKeys, flow.EnumerateObject().Select(static property => property.Name));
            Assert.All(FlowKeys.Take(4), key => Assert.True(flow.GetProperty(key).TryGetInt64(out _)));
            Assert.True(flow.GetProperty("age").TryGetInt64(out _));
        }
    }

    [Fact]
    public void Names_of_protocols_are_those_of_Suricata()
    {
        FlowRecord record = SampleFlows.Ping();
        record.ProtocolNumber = 58;
        Assert.Contains("\"proto\":\"IPv6-ICMP\"", Written.By(Eve, record), StringComparison.Ordinal);
        record.ProtocolNumber = 253;
        Assert.Contains("\"proto\":\"253\"", Written.By(Eve, record), StringComparison.Ordinal);
        record.ProtocolNumber = 76;
        Assert.Contains("\"proto\":\"076\"", Written.By(Eve, record), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_flow_between_hosts_is_left_out_and_counted()
    {
        var writer = new EveFlowWriter(new FlowWriterOptions { Output = new MemoryStream() });
        writer.Add(SampleFlows.Merged());
        writer.Add(SampleFlows.Arp());

        Assert.Equal(2, writer.LeftOut);
    }

    private static JsonDocument Parsed(FlowRecord record) => JsonDocument.Parse(Written.By(Eve, record));

    private static EveFlowWriter Eve(FlowWriterOptions options) => new(options);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d+[+\-]\d+$")]
    private static partial Regex Timestamp();
}
