using System.Text.Json;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;

namespace Vittne.Engine.Tests.Flows.Writing;

public sealed class JsonFlowWriterTests
{
    private static readonly string[] Common = ["record", "ts", "packet", "capture", "flow", "community_id", "src_ip", "src_port", "dst_ip", "dst_port", "transport"];

    [Fact]
    public void Whole_record_begins_with_the_common_fields() => Assert.Equal(
        """
        {"record":"flow","ts":"2023-11-14T22:13:20.123456007Z","packet":3,"capture":"a.pcap","flow":8,"community_id":"1:8rGE/8caNsUS5YBADl0Jqq5Khdw=","src_ip":"2001:db8::1","src_port":5353,"dst_ip":"2001:db8::53","dst_port":53,"transport":"udp","dir":"->","ltime":1700000000.123456007,"dur":0.000000000,"spkts":1,"dpkts":0,"sbytes":90,"dbytes":0,"sipbytes":76,"dipbytes":0,"sappbytes":28,"dappbytes":0,"state":"INT","conn_state":"S0","history":"D","eve_state":"new","reason":"eof","service":"dns","service_by":"content","pkt_first":3}

        """.ReplaceLineEndings("\n"),
        Written.By(Json, SampleFlows.Dns()));

    [Fact]
    public void Asked_fields_are_keys_under_the_names_that_were_asked_for() => Assert.Equal(
        """
        {"stime":1700000000.123456,"ltime":1700000001.623456,"proto":"tcp","saddr":"192.168.1.10","sport":40000,"src_ip":"192.168.1.10","ts":"2023-11-14T22:13:20.123456000Z","bytes":5600,"pcr":-0.9183673469387755,"sflags":"FSPA"}

        """.ReplaceLineEndings("\n"),
        Written.By(Json, "stime,ltime,proto,saddr,sport,src_ip,ts,bytes,pcr,sflags", [SampleFlows.Http()]));

    [Fact]
    public void Asked_fields_that_are_not_known_are_left_out() =>
        Assert.Equal("{\"saddr\":\"10.0.0.1\",\"vlan\":[100,200],\"tunnel\":[\"gre\"]}\n", Written.By(Json, "sport,saddr,vlan,service,tunnel", [SampleFlows.Ping()]));

    [Fact]
    public void Frames_without_ip_have_hardware_addresses_and_the_name_of_their_protocol()
    {
        string line = Written.By(Json, SampleFlows.Frame());

        Assert.Contains("\"transport\":\"none\",\"proto\":\"stp\",\"saddr\":\"02:00:00:00:00:01\",\"daddr\":\"01:80:c2:00:00:00\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("src_ip", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_record_shows_networks_and_stars()
    {
        string line = Written.By(Json, SampleFlows.Merged());

        Assert.Contains("\"src_ip\":\"10.1.0.0/16\",\"src_port\":\"*\",\"dst_ip\":\"*\",\"dst_port\":\"*\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("community_id", line, StringComparison.Ordinal);
        Assert.EndsWith(",\"trans\":3,\"runtime\":61.500000,\"mean\":20.5,\"min\":0.000000001,\"max\":2.000000,\"stddev\":0.1}\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_stays_inside_its_string()
    {
        FlowRecord record = SampleFlows.Http();
        record.Service = "a\"b\\c\n\u001b[0m\u202E日\ud800";
        using var parsed = JsonDocument.Parse(Written.By(Json, record));

        Assert.Equal("a\"b\\c\n\u001b[0m\u202E日\ufffd", parsed.RootElement.GetProperty("service").GetString());
    }

    [Fact]
    public void Every_stored_field_is_written_once_with_the_value_of_the_table()
    {
        FlowRecord record = SampleFlows.Full();
        using var parsed = JsonDocument.Parse(Written.By(Json, record));
        string[] names = [.. parsed.RootElement.EnumerateObject().Select(static property => property.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(Common, names.Take(Common.Length));
        foreach (FlowField field in FlowFields.All.Where(static field => !field.IsOnDemand))
        {
            string name = names.Contains(field.Name) ? field.Name : Assert.Single(field.Aliases, alias => Common.Contains(alias));
            string whole = parsed.RootElement.GetProperty(name).GetRawText();
            Assert.Equal($"{{\"{name}\":{whole}}}\n", Written.By(Json, name, [record]));
        }
    }

    [Fact]
    public void No_field_without_a_part_is_forgotten() => Assert.Empty(JsonFlowParts.Forgotten.Select(static field => field.Name));

    [Fact]
    public void Every_line_is_an_object()
    {
        foreach (string line in Written.By(Json, SampleFlows.All()).TrimEnd('\n').Split('\n'))
        {
            using var parsed = JsonDocument.Parse(line);
            Assert.Equal("flow", parsed.RootElement.GetProperty("record").GetString());
        }
    }

    private static JsonFlowWriter Json(FlowWriterOptions options) => new(options);
}
