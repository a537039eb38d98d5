using System.Text;
using Vittne.Packets;
using Vittne.Trails;
using Vittne.Trails.Lists;

namespace Vittne.Mutations.Targets;

/// <summary>Lists of trails in all formats: the first byte chooses the file name, by which some are known.</summary>
internal sealed class ListTarget() : FuzzTarget("lists")
{
    private static readonly string[] Names =
    [
        "malware/a.txt", "trails.csv", "a.csv", "a.rules", "a.ioc", "a.feed", "a.json", "whitelist.txt", "ua.txt", "ignore_events.txt", "cdn_ranges.txt", "hosts", "zone.rpz", "list",
    ];

    private static readonly TrailBuildOptions Options = new() { BuiltAtSeconds = 1_800_000_000 };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ((string[])
    [
        "\0# Reference: https://a.test/1\nevil.test\n192.0.2.1\n192.0.2.0/24\n[2001:db8::1]:80\nhxxp://a[.]test/p?q\n.*[a-z]+\\.test\n",
        "\u0001trail,info,reference\nevil.test,\"bad, very\",x\n192.0.2.1:80,a,b\n",
        "\u0002type,value,sha256\nmd5,00112233445566778899aabbccddeeff,x\n",
        "\u0003alert http any any -> any any (msg:\"a\"; content:\"|41 42|evil\"; http_uri; pcre:\"/a+/Ui\"; sid:1; rev:1;)\n",
        "\u0004<ioc xmlns=\"http://schemas.mandiant.com/2010/ioc\" id=\"1\"><definition><Indicator operator=\"OR\"><IndicatorItem condition=\"is\">"
            + "<Context document=\"Network\" search=\"Network/DNS\"/><Content type=\"string\">evil.test</Content></IndicatorItem></Indicator></definition></ioc>",
        "\u0006{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--1\",\"pattern_type\":\"stix\",\"name\":\"a\","
            + "\"valid_from\":\"2020-01-01T00:00:00Z\",\"pattern\":\"[domain-name:value = 'evil.test' OR (ipv4-addr:value = '192.0.2.1' AND file:hashes.MD5 = 'x')] WITHIN 5 SECONDS\"}]}",
        "\u0006{\"Event\":{\"uuid\":\"x\",\"info\":\"i\",\"Attribute\":[{\"type\":\"ip-dst|port\",\"value\":\"192.0.2.1|80\",\"to_ids\":true}],\"Object\":[]}}",
        "\u0007good.test\n192.0.2.0/24\n",
        "\u0008(?i)sqlmap/\\d+\n[a-z]{3,5}bot\n",
        "\u000910.0.0.1;*;192.0.2.0/24;80-90\n",
        "\u000B0.0.0.0 evil.test\n",
        "\u000Cevil.test CNAME .\n*.evil.test CNAME .\n32.1.2.0.192.rpz-ip CNAME .\n",
        "\u000D||evil.test^\n@@||good.test^\n",
        "\u000Daddress=/evil.test/0.0.0.0\n",
        "\u000Dlocal-zone: \"evil.test\" always_nxdomain\n",
    ]).Select(Encoding.Latin1.GetBytes);

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        if (input.Length == 0)
        {
            return;
        }

        string name = Names[input[0] % Names.Length];
        try
        {
            ParsedList list = ListParser.Parse(new ListFile(name, name, "malware", IsCustom: false), input.AsSpan(1), Options);
            seen.Note("format", (long)list.Format << 33);
            seen.Note("entries", list.EntryCount);
            foreach (ListEntry entry in list.Entries)
            {
                seen.Note("kind", (long)entry.Kind << 33);
            }

            foreach (BrokenLine line in list.Broken)
            {
                seen.Note("fault", (long)line.Fault << 33);
            }
        }
        catch (InvalidDataException)
        {
            seen.Note("refused", 0);
        }

        seen.Note("address", IpAddress.TryParse(input.AsSpan(1), out _) ? 1 : 0);
    }
}
