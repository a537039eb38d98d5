using System.Text.Json;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class DecodeVerbTests : IDisposable
{
    private const long Start = 1_700_000_000_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Lookups => Samples.Path("dns/lookups.pcap");

    private static string Login => Samples.Path("ssh/login.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dns", "dns/lookups.pcap")]
    [InlineData("ssh", "ssh/login.pcap")]
    [InlineData("dns-special", "hunt/office.pcap")]
    [InlineData("synrst", "hunt/scan.pcap")]
    public async Task Samples_tell_their_records(string decoder, string capture)
    {
        (int status, string records, _) = await Run("decode", "-d", decoder, "--format", "jsonl", Samples.Path(capture));
        Assert.Equal(0, status);
        Golden.Verify(records, $"decode-{decoder}.jsonl");

        (_, string text, _) = await Run("decode", "-d", decoder, Samples.Path(capture));
        Golden.Verify(text, $"decode-{decoder}.txt");
    }

    [Fact]
    public async Task Verbose_text_has_a_line_for_each_field()
    {
        (_, string text, _) = await Run("decode", "-d", "ssh", "--verbose", Login);

        Golden.Verify(text, "decode-ssh-verbose.txt");
    }

    [Fact]
    public async Task Csv_has_all_fields_of_the_decoder()
    {
        (_, string csv, _) = await Run("decode", "-d", "dns", "--format", "csv", Lookups);

        Golden.Verify(csv, "decode-dns.csv");
    }

    [Fact]
    public async Task Columns_have_names_of_the_schema_or_of_tshark()
    {
        (int status, string table, _) = await Run(
            "decode", "-d", "dns", "-e", "packet", "-e", "ip.src", "-e", "dns.questions.name", "-e", "dns.qry.type", "-e", "answers.data", "-E", "header=y", "--aggregator", "|", Lookups);

        Assert.Equal(0, status);
        Golden.Verify(table, "decode-dns.fields");
    }

    [Fact]
    public async Task Several_decoders_are_one_pass_ordered_by_packet()
    {
        (_, string records, _) = await Run("decode", "-d", "dns-special,dns", "--format", "jsonl", Samples.Path("hunt/office.pcap"));

        List<(long Packet, string Record)> order = [.. records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line =>
        {
            using var json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("packet").GetInt64(), json.RootElement.GetProperty("record").GetString()!);
        })];
        Assert.Contains(order, static item => item.Record == "dns-special");
        Assert.Equal(order.OrderBy(static item => item.Packet).ThenBy(static item => item.Record, StringComparer.Ordinal), order);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("5")]
    public async Task Output_is_the_same_for_any_number_of_workers(string workers)
    {
        string[] captures = [Samples.Path("hunt/office.pcap"), Samples.Path("hunt/scan.pcap"), Lookups, Login];
        (_, string one, _) = await Run(["decode", "-d", "all,synrst,protocols,dns-special", "--format", "jsonl", .. captures]);
        (_, string many, _) = await Run(["decode", "-d", "all,synrst,protocols,dns-special", "--format", "jsonl", "--workers", workers, .. captures]);

        Assert.NotEqual("", one);
        Assert.Equal(one, many);
    }

    [Fact]
    public async Task Capture_cut_inside_a_packet_tells_all_before_it_and_ends_with_an_error()
    {
        byte[] whole = await File.ReadAllBytesAsync(Lookups, TestContext.Current.CancellationToken);
        string cut = Path.Combine(_folder, "cut.pcap");
        await File.WriteAllBytesAsync(cut, whole[..^5], TestContext.Current.CancellationToken);
        (int status, string text, string error) = await Run("decode", "-d", "dns", cut);

        Assert.Equal(1, status);
        Assert.Contains("www.example.com", text, StringComparison.Ordinal);
        Assert.Contains("cut.pcap: cut at offset", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_no_error_and_no_output()
    {
        (int status, string text, _) = await Run("decode", "-d", "dhcp", Lookups);

        Assert.Equal((0, ""), (status, text));
    }

    [Fact]
    public async Task Control_characters_of_traffic_are_escaped_in_text_and_tables()
    {
        byte[] query = [0, 7, 1, 0x10, 0, 1, 0, 0, 0, 0, 0, 0, 32, .. "EBBLFLDDEBCACACACACACACACACACAAA"u8, 0, 0, 32, 0, 1];
        string capture = await Capture("evil.pcap", Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(137, 137, query))));
        (_, string text, _) = await Run("decode", "-d", "nbns", capture);
        (_, string table, _) = await Run("decode", "-d", "nbns", "-e", "name", capture);

        Assert.Contains("A\\x1b[3A", text, StringComparison.Ordinal);
        Assert.Equal("A\\x1b[3A\n", table);
    }

    [Fact]
    public async Task Anomalies_of_headers_and_of_parsers_are_told()
    {
        byte[] cutName = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, .. "www"u8, 9];
        string capture = await Capture("odd.pcap", Frames.Ethernet([0x45, 0, 0]), Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(5000, 53, cutName))));
        (_, string text, _) = await Run("decode", "-d", "anomaly", capture);

        Assert.Equal(["anomaly  ip.header", "anomaly  dns.name"], text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line[line.IndexOf("anomaly", StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task Uncommon_protocols_are_those_that_are_not_set()
    {
        string capture = await Capture("ospf.pcap", Frames.Ethernet(Frames.Ipv4(89, [2, 1, 0, 44])), Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, [1]))));
        (_, string usual, _) = await Run("decode", "-d", "protocols", capture);
        (_, string set, _) = await Run("decode", "-d", "protocols", "--set", "protocols.common=89", capture);

        Assert.Contains("ospf (protocol 89)", usual, StringComparison.Ordinal);
        Assert.Single(usual.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("udp (protocol 17)", set, StringComparison.Ordinal);
        Assert.DoesNotContain("ospf", set, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_names_each_decoder_and_details_its_fields()
    {
        (int status, string list, _) = await Run("decode", "-l");
        Assert.Equal(0, status);
        string[] names = [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[0])];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Superset(new HashSet<string> { "anomaly", "dhcp", "dns", "dns-special", "nbns", "protocols", "ssh", "synrst" }, names.ToHashSet());

        (_, string details, _) = await Run("decode", "-l", "dns");
        Assert.Contains("dns.questions.name  string  the name", details, StringComparison.Ordinal);
        Assert.Contains("(tshark: dns.qry.name)", details, StringComparison.Ordinal);

        (_, string json, _) = await Run("decode", "-l", "protocols", "--format", "jsonl");
        using var parsed = JsonDocument.Parse(json);
        Assert.Equal("common", parsed.RootElement.GetProperty("options")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("name decoders with -d; vittne decode -l lists them")]
    [InlineData("there is no decoder 'dnss'; did you mean dns", "-d", "dnss")]
    [InlineData("there is no decoder 'x'; vittne decode -l", "-d", "x")]
    [InlineData("there is no format 'xml'", "-d", "dns", "--format", "xml")]
    [InlineData("there is no field 'dns.questions.nam'; did you mean dns.questions.name", "-d", "dns", "-e", "dns.questions.nam")]
    [InlineData("--format fields needs columns", "-d", "dns", "--format", "fields")]
    [InlineData("--format csv tells one decoder", "-d", "dns,ssh", "--format", "csv")]
    [InlineData("-e chooses columns", "-d", "dns", "--format", "jsonl", "-e", "packet")]
    [InlineData("-E 'quote=d' is not known", "-d", "dns", "-e", "packet", "-E", "quote=d")]
    [InlineData("decoder protocols has no option 'x'; there are common", "-d", "protocols", "--set", "protocols.x=1")]
    [InlineData("--set protocols.common: 'tcp' is no list", "-d", "protocols", "--set", "protocols.common=tcp")]
    [InlineData("--set 'x' is not understood", "-d", "dns", "--set", "x")]
    [InlineData("--workers must be 1 to 64", "-d", "dns", "--workers", "65")]
    [InlineData("--from 'soon' is no time", "-d", "dns", "--from", "soon")]
    public async Task Wrong_value_is_a_usage_error_in_one_line(string problem, params string[] args)
    {
        (int status, string text, string error) = await Run(["decode", .. args, "--", Lookups]);

        Assert.Equal((2, ""), (status, text));
        Assert.StartsWith("vittne: " + problem, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(static c => c == '\n'));
    }

    private async Task<string> Capture(string name, params byte[][] frames)
    {
        var pcap = new PcapBuilder();
        for (int i = 0; i < frames.Length; i++)
        {
            pcap.Add(Start + (i * 1_000_000L), frames[i]);
        }

        string path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, pcap.ToArray(), TestContext.Current.CancellationToken);
        return path;
    }

    private async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, Plain(output), Plain(error));
    }

    private string Plain(StringWriter writer) => writer.ToString()
        .Replace(_folder + "/", "", StringComparison.Ordinal)
        .Replace(Samples.Root + "/", "", StringComparison.Ordinal);
}
