namespace Vittne.Cli.Tests;

public sealed class ExpressionArgumentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Lookups => Samples.Path("dns/lookups.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Packets_that_do_not_match_are_not_decoded_and_the_others_keep_their_numbers()
    {
        (int status, string all, _) = await Run("decode", "-d", "dns", "--format", "jsonl", Lookups);
        (int filtered, string answers, string error) = await Run("decode", "-d", "dns", "--format", "jsonl", Lookups, "-f", "udp src port 53 and greater 100");

        Assert.Equal((0, 0), (status, filtered));
        Assert.NotEmpty(answers);
        Assert.True(answers.Length < all.Length);
        Assert.Contains("left out by the filter", error, StringComparison.Ordinal);
        string number = Number(answers);
        Assert.NotEqual("1", number);
        Assert.Contains($"\"packet\":{number},", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expression_may_stand_in_a_file_with_remarks()
    {
        string file = Path.Combine(_folder, "dns.filter");
        await File.WriteAllTextAsync(file, "# answers\r\nudp\r\n  # of the resolver\nand src port 53\n", TestContext.Current.CancellationToken);
        (_, string expected, _) = await Run("decode", "-d", "dns", Lookups, "-f", "udp and src port 53");
        (int status, string found, _) = await Run("decode", "-d", "dns", Lookups, "-F", file);

        Assert.Equal(0, status);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("tcp udp", "column 5: \"udp\" cannot stand here, \"and\", \"or\" or the end was expected: tcp udp")]
    [InlineData("host example.org", "column 6: name \"example.org\" is not looked up; add --resolve to ask this machine's resolver: host example.org")]
    public async Task Refused_expression_is_one_line_and_status_2(string expression, string line)
    {
        foreach (string[] verb in (string[][])[["hunt"], ["decode", "-d", "dns"]])
        {
            (int status, string output, string error) = await Run([.. verb, Lookups, "-f", expression]);

            Assert.Equal(2, status);
            Assert.Empty(output);
            Assert.Equal($"vittne: filter: {line}", error.TrimEnd());
        }
    }

    [Fact]
    public async Task Word_that_the_link_type_lacks_is_told_at_the_end()
    {
        (int status, _, string error) = await Run("decode", "-d", "dns", Lookups, "-f", "type mgt");

        Assert.Equal(0, status);
        Assert.Contains("filter: no packet of link type EN10MB was looked at: column 1:", error, StringComparison.Ordinal);
    }

    private static string Number(string records)
    {
        string rest = records[(records.IndexOf("\"packet\":", StringComparison.Ordinal) + 9)..];
        return rest[..rest.AsSpan().IndexOfAnyExceptInRange('0', '9')];
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int status = await App.RunAsync(arguments, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
