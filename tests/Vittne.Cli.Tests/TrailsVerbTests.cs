using System.Text.Json;

namespace Vittne.Cli.Tests;

public sealed class TrailsVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public TrailsVerbTests()
    {
        Write("lists/malware/emotet.txt", "# Aliases: Emotet, Heodo\n# Reference: https://a.test/1\n\nevil.test\n192.0.2.1:443\n10.0.0.1\n198.51.100.0/24\n");
        Write("lists/bogon_ranges.txt", "10.0.0.0/8\n");
        Write("lists/whitelist.txt", "good.test\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Build_tells_counts_by_kind_category_and_rule()
    {
        (int status, string output, string error) = await Run("trails", "build", Path("lists"), "-o", Path("t.index"));

        Assert.Equal((0, ""), (status, error));
        Assert.Contains("  trails        3\n", output, StringComparison.Ordinal);
        Assert.Contains("  by kind       endpoint 1, network 1, domain 1\n", output, StringComparison.Ordinal);
        Assert.Contains("  by category   malware 3\n", output, StringComparison.Ordinal);
        Assert.Contains("  dropped       bogon 1\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_line_is_named_and_strict_writes_nothing()
    {
        Write("bad.txt", "two words\nevil.test\n");
        (int status, _, string error) = await Run("trails", "build", Path("bad.txt"), "-o", Path("t.index"), "--strict");

        Assert.Equal((1, false), (status, File.Exists(Path("t.index"))));
        Assert.Equal("vittne: bad.txt line 1 holds a name that cannot be: two words\nvittne: t.index was not written, 1 lines cannot be used; mend them or build without --strict\n", error);
        Assert.Equal(0, (await Run("trails", "build", Path("bad.txt"), "-o", Path("t.index"))).Status);
    }

    [Fact]
    public async Task Missing_list_is_told_in_one_line()
    {
        (int status, _, string error) = await Run("trails", "build", Path("no"), "-o", Path("t.index"));

        Assert.Equal((1, "vittne: no does not exist\n"), (status, error));
    }

    [Fact]
    public async Task Info_tells_the_digest_when_it_is_verified()
    {
        await Run("trails", "build", Path("lists"), "-o", Path("t.index"));
        (int status, string output, _) = await Run("trails", "info", Path("t.index"), "--format", "json", "--verify");
        using var json = JsonDocument.Parse(output);

        Assert.Equal((0, "good", 3), (status, json.RootElement.GetProperty("checksum").GetString(), json.RootElement.GetProperty("trails").GetInt32()));

        byte[] bytes = File.ReadAllBytes(Path("t.index"));
        bytes[^40] ^= 1;
        File.WriteAllBytes(Path("t.index"), bytes);
        (status, output, string error) = await Run("trails", "info", Path("t.index"), "--verify");

        Assert.Equal((1, "vittne: t.index is damaged (bad checksum); build it again with vittne trails build\n"), (status, error));
        Assert.Contains("  checksum      bad\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_takes_defanged_forms_and_ends_with_3_when_something_matches()
    {
        (int status, string output, string error) = await Run("trails", "check", "hxxp://www[.]evil[.]test/x", "--trails", Path("lists"));

        Assert.Equal((3, ""), (status, error));
        Assert.Equal(
            """
            hxxp://www[.]evil[.]test/x: emotet (malware) (static), high
              trail         evil.test (domain)
              source        malware/emotet.txt:4
                reference   https://a.test/1
                aliases     Emotet, Heodo

            """,
            output);
    }

    [Fact]
    public async Task Check_tells_which_rule_dropped_an_indicator()
    {
        (int status, string output, _) = await Run("trails", "check", "10.0.0.1", "a.good.test", "--trails", Path("lists"));

        Assert.Equal(0, status);
        Assert.Contains("10.0.0.1: no match\n  dropped       its address is never on the Internet; listed as emotet (malware)\n", output, StringComparison.Ordinal);
        Assert.Contains("a.good.test: no match\n  whitelist     holds it: sightings are not told\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_gives_json()
    {
        (int status, string output, _) = await Run("trails", "check", "198.51.100.9", "two words", "--format", "json", "--trails", Path("lists"));
        using var json = JsonDocument.Parse(output);

        Assert.Equal((3, "198.51.100.0/24"), (status, json.RootElement[0].GetProperty("trail").GetProperty("indicator").GetString()));
        Assert.Equal("bad_name", json.RootElement[1].GetProperty("problem").GetString());
    }

    [Fact]
    public async Task File_that_is_no_index_is_refused_in_one_line()
    {
        (int status, _, string error) = await Run("trails", "info", Path("lists/whitelist.txt"));

        Assert.Equal((1, "vittne: lists/whitelist.txt is not an index of trails\n"), (status, error));
    }

    private async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, Plain(output), Plain(error));
    }

    private string Plain(StringWriter writer) => writer.ToString().Replace(_folder + "/", "", StringComparison.Ordinal);

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }
}
