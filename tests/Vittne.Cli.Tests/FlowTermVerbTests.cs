using System.Text;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class FlowTermVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("host-name one.example", "flow=1")]
    [InlineData("not host-name one.example", "flow=6")]
    [InlineData("host-name .EXAMPLE", "flow=1 flow=6")]
    [InlineData("host-name .example and port 40002", "flow=6")]
    [InlineData("flow 6", "flow=6")]
    [InlineData("flow 5", "")]
    [InlineData("sni one.example", "")]
    public async Task Records_of_the_flows_that_are_asked_for_keep_their_numbers(string expression, string flows)
    {
        string[] captures = [Capture("1.pcap", Request(40_001, "one.example")), Capture("2.pcap", Request(40_002, "two.example"))];
        (int status, string records, string error) = await Run(["decode", "-d", "http", "--format", "jsonl", .. captures, "-f", expression]);

        Assert.True(status == 0, error);
        Assert.Equal(flows, string.Join(' ', records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => "flow=" + Field(line, "flow"))));
    }

    [Fact]
    public async Task Server_name_holds_for_packets_before_the_hello_as_well()
    {
        string hello = Encoding.Latin1.GetString(Hellos.Record(22, Hellos.Client("shop.example")));
        string capture = Capture("tls.pcap", new TcpTalk(40_001, 443).Handshake().Client(1, hello).ToPcap());
        (_, string found, string told) = await Run("decode", "-d", "tls", "--format", "jsonl", capture, "-f", "sni shop.example");
        (_, string others, string toldOthers) = await Run("decode", "-d", "tls", "--format", "jsonl", capture, "-f", "not sni shop.example");

        Assert.Contains("\"sni\":\"shop.example\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", told, StringComparison.Ordinal);
        Assert.Empty(others);
        Assert.Contains("4 left out by the filter", toldOthers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Community_id_of_a_record_finds_both_directions_of_its_flow_for_any_number_of_workers()
    {
        string[] captures = [Capture("1.pcap", Request(40_001, "one.example")), Capture("2.pcap", Request(40_002, "two.example"))];
        (_, string all, _) = await Run(["decode", "-d", "http", "--format", "jsonl", .. captures]);
        string second = all.Split('\n')[1];
        foreach (string workers in (string[])["1", "3"])
        {
            (int status, string found, string told) = await Run(
                ["decode", "-d", "http", "--format", "jsonl", .. captures, "--workers", workers, "-f", $"community-id {Field(second, "community_id")}"]);

            Assert.Equal(0, status);
            Assert.Equal(second, found.TrimEnd());
            Assert.Contains(" 5 left out by the filter", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Payload_takes_packets_that_have_a_match()
    {
        string capture = Capture("1.pcap", Request(40_001, "one.example"));
        (int status, string found, string told) = await Run("grep", "--streams", "-f", "payload \"Host: \\w+\\.ex\"", "GET", capture);

        Assert.Equal(0, status);
        Assert.Contains("GET /", found, StringComparison.Ordinal);
        Assert.Contains("1 match", told, StringComparison.Ordinal);
        (_, string none, _) = await Run("grep", "--streams", "-f", "payload nowhere", "GET", capture);
        Assert.Empty(none);
    }

    [Theory]
    [InlineData("community-id 1:abc=", "column 14: \"1:abc=\" is no Community ID of version 1, such as 1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=: community-id 1:abc=")]
    [InlineData("flow x", "column 6: \"x\" is no number of a flow, as \"flow\" of records tells it: flow x")]
    [InlineData("payload \"a(\"", "column 10: the pattern \"a(\" has an error at its character 2: a group without its closing parenthesis: payload \"a(\"")]
    [InlineData("host-name \"\"", "column 12: \"\" is no name of a host: host-name \"\"")]
    public async Task Value_that_cannot_be_is_refused_with_its_column(string expression, string line)
    {
        string capture = Capture("1.pcap", Request(40_001, "one.example"));
        (int status, string output, string error) = await Run("hunt", "--heuristics-only", capture, "-f", expression);

        Assert.Equal((2, ""), (status, output));
        Assert.Equal($"vittne: filter: {line}", error.TrimEnd());
    }

    [Fact]
    public async Task Verbs_without_flows_and_input_that_cannot_be_read_twice_are_refused()
    {
        string capture = Capture("1.pcap", Request(40_001, "one.example"));
        foreach (string[] verb in (string[][])[["filter", capture, "flow", "1"], ["grep", "-f", "flow 1", "GET", capture]])
        {
            (int status, _, string error) = await Run(verb);
            Assert.Equal(2, status);
            Assert.Equal("vittne: filter: column 1: \"flow\" is told by flows and streams; decode, hunt and grep --streams filter by it, this one does not: flow 1", error.TrimEnd());
        }

        (int piped, _, string told) = await Run("decode", "-d", "http", "-", "-f", "flow 1");
        Assert.Equal(2, piped);
        Assert.Contains("captures are read twice: name files, not standard input", told, StringComparison.Ordinal);
    }

    private static byte[] Request(ushort port, string host) => new TcpTalk(port).Handshake()
        .Client(1, $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
        .Server(1, "HTTP/1.1 204 No Content\r\n\r\n")
        .ToPcap();

    private static string Field(string line, string name)
    {
        string rest = line[(line.IndexOf($"\"{name}\":", StringComparison.Ordinal) + name.Length + 3)..];
        return rest[..rest.IndexOf(',', StringComparison.Ordinal)].Trim('"');
    }

    private string Capture(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int status = await App.RunAsync(arguments, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
