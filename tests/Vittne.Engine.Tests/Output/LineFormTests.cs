using System.Text.Json;
using Vittne.Engine.Output;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Output;

public sealed class LineFormTests
{
    private static readonly CefLine Cef = new("1.2.3", "2026-01-02", usesMaltrailScale: false);

    [Fact]
    public void Cef_values_are_escaped_as_Maltrail_does()
    {
        List<string[]>? rows = SharedVectors.Rows("cef_escape.tsv", 3);
        Assert.SkipWhen(rows is null, "the shared vectors are not here");
        Assert.All(rows, static row =>
        {
            string value = Lines.Unescape(row[0]);
            Assert.Equal(Lines.Unescape(row[2]), row[1] == "header" ? CefLine.Header(value) : CefLine.Extension(value));
        });
    }

    [Fact]
    public void Cef_message_names_what_was_found_and_escapes_hostile_text() => Assert.Equal(
        "CEF:0|Vittne|sensor|1.2.3|2026-01-02|sample bot (malware)|9|src=192.0.2.10 spt=40000 dst=192.0.2.53 dpt=53 trail=a\\=b|c\\\\d e ref=(static) proto=UDP cs1Label=type cs1=DNS rt=1700000000123 externalId=7",
        Lines.Of(Cef, Threats.Dns(trail: "a=b|c\\d\ne")));

    [Fact]
    public void Cef_severities_are_on_the_scale_of_the_format_or_of_Maltrail()
    {
        Assert.Contains("|9|src", Lines.Of(Cef, Threats.Dns()), StringComparison.Ordinal);
        Assert.Contains("|2|src", Lines.Of(new CefLine("1", "-", usesMaltrailScale: true), Threats.Dns()), StringComparison.Ordinal);
    }

    [Fact]
    public void Cef_tells_how_many_events_were_condensed()
    {
        var events = new CondensedEvents(Threats.Dns());
        events.Add(Threats.Dns(destinationPort: 5353, atNs: 1_700_000_002_000_000_000));

        Assert.EndsWith(" cnt=2 start=1700000000123 end=1700000002000", Lines.Of(Cef, Threats.Dns(), events), StringComparison.Ordinal);
        Assert.Contains(" dpt=53,5353 ", Lines.Of(Cef, Threats.Dns(), events), StringComparison.Ordinal);
    }

    [Fact]
    public void Syslog_has_the_old_head_for_datagrams_and_that_of_RFC_5424_for_streams()
    {
        Assert.StartsWith("Nov 14 22:13:20 my_box CEF:0|", Lines.Of(new SyslogLine(Cef, "my box", TimeZoneInfo.Utc, isRfc5424: false), Threats.Dns()), StringComparison.Ordinal);
        Assert.StartsWith("<34>1 2023-11-14T22:13:20.123456Z my_box vittne - DNS - CEF:0|", Lines.Of(new SyslogLine(Cef, "my box", TimeZoneInfo.Utc, isRfc5424: true), Threats.Dns()), StringComparison.Ordinal);
    }

    [Fact]
    public void Logstash_has_the_keys_of_Maltrail_in_its_order_and_only_ascii() => Assert.Equal(
        """{"timestamp":1700000000,"sensor":"box","severity":"high","src_ip":"192.0.2.10","src_port":40000,"dst_ip":"192.0.2.53","dst_port":53,"proto":"UDP","type":"DNS","trail":"na\u00EFve","info":"sample bot (malware)","reference":"(static)"}""",
        Lines.Of(new LogstashLine("box"), Threats.Dns(trail: "naïve")));

    [Fact]
    public void Logstash_has_a_dash_where_there_is_no_port() =>
        Assert.Contains("\"src_port\":\"-\"", Lines.Of(new LogstashLine("box"), Threats.Dns(protocol: IpProtocol.Icmp)), StringComparison.Ordinal);

    [Fact]
    public void Log_server_gets_seconds_and_a_whole_line() => Assert.Equal(
        "1700000000 \"2023-11-14 22:13:20.123456\" box 192.0.2.10 40000 192.0.2.53 53 UDP DNS x.test \"sample bot (malware)\" (static)\n",
        Lines.Of(new LogServerLine(new MaltrailLine("box", TimeZoneInfo.Utc)), Threats.Dns(trail: "x.test")));

    [Fact]
    public void Table_row_has_a_field_for_each_name_in_the_header_and_quotes_what_needs_it()
    {
        string row = Lines.Of(new CsvLine(["a,b.pcap"]), Threats.Dns(trail: "say \"hi\"", forwardedFor: ["203.0.113.9", "2001:db8::1"]));

        Assert.StartsWith("threat,2023-11-14T22:13:20.123456789Z,12,\"a,b.pcap\",7,1:", row, StringComparison.Ordinal);
        Assert.Contains(",DNS,\"say \"\"hi\"\"\",evil.example.com,dns.query,sample bot (malware),(static),high,trail,,,,,,\"[\"\"203.0.113.9\"\",\"\"2001:db8::1\"\"]\",,,,,", row, StringComparison.Ordinal);
        Assert.Equal(CsvLine.Header.Count(static c => c == ','), row.Count(static c => c == ',') - 2);
    }

    [Fact]
    public void Eve_is_an_alert_of_Suricata_with_the_rest_in_an_object_of_its_own()
    {
        using var json = JsonDocument.Parse(Lines.Of(new EveLine(["a.pcap"]), Threats.Dns()));
        JsonElement root = json.RootElement;

        Assert.Equal("2023-11-14T22:13:20.123456+0000", root.GetProperty("timestamp").GetString());
        Assert.Equal(("alert", "192.0.2.53", 53, "UDP"), (root.GetProperty("event_type").GetString(), root.GetProperty("dest_ip").GetString(), root.GetProperty("dest_port").GetInt32(), root.GetProperty("proto").GetString()));
        Assert.Equal(("sample bot (malware)", 1), (root.GetProperty("alert").GetProperty("signature").GetString(), root.GetProperty("alert").GetProperty("severity").GetInt32()));
        Assert.Equal("(www).evil.example.com", root.GetProperty("vittne").GetProperty("trail").GetString());
    }

    [Fact]
    public void Eve_numbers_a_signature_by_its_words_alone()
    {
        Assert.Equal(EveLine.SignatureId(Threats.Dns()), EveLine.SignatureId(Threats.Dns(trail: "other.test")));
        Assert.NotEqual(EveLine.SignatureId(Threats.Dns()), EveLine.SignatureId(Threats.Dns() with { Info = "another bot (malware)" }));
    }
}
