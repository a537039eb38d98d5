using System.Text;
using System.Text.Json;
using Vittne.Engine.Output;
using Vittne.Trails;

namespace Vittne.Engine.Tests.Output;

public sealed class JsonThreatWriterTests
{
    [Fact]
    public void Line_begins_with_the_common_fields_and_leaves_unknown_ones_out()
    {
        string line = Write(isArray: false, Threats.Dns());

        Assert.StartsWith(
            "{\"record\":\"threat\",\"ts\":\"2023-11-14T22:13:20.123456789Z\",\"packet\":12,\"capture\":\"a.pcap\",\"flow\":7,\"community_id\":\"1:",
            line,
            StringComparison.Ordinal);
        Assert.EndsWith("\"severity\":\"high\",\"kind\":\"trail\"}\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_stays_inside_its_string()
    {
        string hostile = "a\"b\\c\n\e[0m\u202E日";
        using var parsed = JsonDocument.Parse(Write(isArray: false, Threats.Dns(trail: hostile)));

        Assert.Equal(hostile, parsed.RootElement.GetProperty("trail").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Array_is_valid_json_for_any_number_of_events(int count)
    {
        using var parsed = JsonDocument.Parse(Write(isArray: true, [.. Enumerable.Repeat(Threats.Dns(), count)]));

        Assert.Equal(count, parsed.RootElement.GetArrayLength());
    }

    [Fact]
    public void Condensed_events_have_their_count_and_times()
    {
        var events = new CondensedEvents(Threats.Dns());
        events.Add(Threats.Dns(atNs: 1_700_000_001_000_000_000));
        var output = new MemoryStream();
        var writer = new JsonThreatWriter(output, ["a.pcap"], isArray: false);
        writer.Write(Threats.Dns(), events);
        writer.Flush();

        Assert.EndsWith(
            ",\"count\":2,\"first_seen\":\"2023-11-14T22:13:20.123456789Z\",\"last_seen\":\"2023-11-14T22:13:21.000000000Z\"}\n",
            Encoding.UTF8.GetString(output.ToArray()),
            StringComparison.Ordinal);
    }

    private static string Write(bool isArray, params ThreatRecord[] threats)
    {
        var output = new MemoryStream();
        var writer = new JsonThreatWriter(output, ["a.pcap"], isArray);
        foreach (ThreatRecord threat in threats)
        {
            writer.Write(threat);
        }

        writer.Flush();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
