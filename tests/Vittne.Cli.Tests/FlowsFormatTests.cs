namespace Vittne.Cli.Tests;

public sealed class FlowsFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-flows-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("ipfix")]
    [InlineData("netflow9")]
    public async Task Records_that_are_read_back_are_written_the_same(string format)
    {
        string first = Path.Combine(_folder, "first");
        string second = Path.Combine(_folder, "second");
        await Run("flows", Capture(), "--format", format, "-o", first);
        (int status, _, string error) = await Run("flows", first, "--format", format, "-o", second);

        Assert.Equal(0, status);
        Assert.Contains(" of 1 file, ", error, StringComparison.Ordinal);
        Assert.NotEqual(0, new FileInfo(first).Length);
        Assert.Equal(await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Table_aligns_numbers_to_the_right_and_text_to_the_left()
    {
        string records = Write("a.jsonl", """
            {"stime":1700000000.5,"dur":0.25,"saddr":"10.0.0.1","sbytes":7,"service":"dns"}
            {"stime":1700000001.5,"dur":12.5,"saddr":"2001:db8::1","sbytes":123456,"service":"\u001b[31mx"}
            """);
        (int status, string output, _) = await Run("flows", records, "--fields", "stime,dur,saddr,sbytes,service");

        Assert.Equal(0, status);
        Assert.Equal(
            """
            stime                    dur  saddr        sbytes  service
            1700000000.500000   0.250000  10.0.0.1          7  dns
            1700000001.500000  12.500000  2001:db8::1  123456  \x1b[31mx

            """.ReplaceLineEndings("\n"),
            output);
    }

    [Fact]
    public async Task Records_and_captures_come_in_the_order_of_their_names()
    {
        string before = Write("a.jsonl", "{\"saddr\":\"10.9.9.1\"}\n");
        string after = Write("b.csv", "saddr,spkts\r\n10.9.9.2,3\r\n");
        (int status, string output, string error) = await Run("flows", before, Capture(), after, "--format", "csv", "--fields", "saddr");
        string[] lines = output.TrimEnd().Split("\r\n");

        Assert.Equal(0, status);
        Assert.Equal(("saddr", "10.9.9.1", "10.9.9.2"), (lines[0], lines[1], lines[^1]));
        Assert.True(lines.Length > 3);
        Assert.Contains("2 records of 2 files, ", error, StringComparison.Ordinal);
        Assert.Contains(" of 1 capture, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_lines_are_named_and_fail_only_strict_runs()
    {
        string records = Write("a.jsonl", "{\"saddr\":\"10.9.9.1\"}\n{\"saddr\":7}\nx\n");
        (int status, string output, string error) = await Run("flows", records, "--format", "jsonl", "--fields", "saddr");
        (int strict, _, _) = await Run("flows", records, "--format", "jsonl", "--strict");

        Assert.Equal(("{\"saddr\":\"10.9.9.1\"}\n", 0, 1), (output, status, strict));
        Assert.Contains("a.jsonl: 2 lines could not be read (line 2: saddr is no '7'; line 3: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_around_a_log_is_undone()
    {
        string path = Path.Combine(_folder, "conn.log.gz");
        await using (var zip = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
        {
            zip.Write("#separator \\x09\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\n1.5\t10.0.0.1\t1\t10.0.0.2\t2\tudp\n"u8);
        }

        (int status, string output, _) = await Run("flows", path, "--format", "csv", "--fields", "stime,saddr,dport,proto");

        Assert.Equal((0, "stime,saddr,dport,proto\r\n1.500000,10.0.0.1,2,udp\r\n"), (status, output));
    }

    [Theory]
    [InlineData("csv", "udp://127.0.0.1:9", "needs --format ipfix or netflow9")]
    [InlineData("ipfix", "udp://nowhere", "names no collector")]
    public async Task Collector_is_for_flow_export_only(string format, string target, string expected)
    {
        (int status, _, string error) = await Run("flows", Capture(), "--format", format, "-o", target);

        Assert.Equal(2, status);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_of_Zeek_loads_where_conn_logs_load()
    {
        (_, string output, _) = await Run("flows", Capture(), "--format", "zeek", "--timeouts", "zeek");
        string[] lines = output.TrimEnd('\n').Split('\n');
        string[] fields = lines.Single(static line => line.StartsWith("#fields\t", StringComparison.Ordinal)).Split('\t')[1..];
        string[] types = lines.Single(static line => line.StartsWith("#types\t", StringComparison.Ordinal)).Split('\t')[1..];
        string[] rows = [.. lines.Where(static line => !line.StartsWith('#'))];

        Assert.Equal((22, 22), (fields.Length, types.Length));
        Assert.NotEmpty(rows);
        foreach (string[] cells in rows.Select(static row => row.Split('\t')))
        {
            Assert.Equal(fields.Length, cells.Length);
            for (int i = 0; i < cells.Length; i++)
            {
                Assert.True(IsOf(types[i], cells[i]), $"{fields[i]} {cells[i]} is no {types[i]}");
            }

            // What readers of connection logs cannot do without.
            foreach (string needed in (string[])["ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "conn_state", "orig_pkts", "resp_pkts"])
            {
                Assert.NotEqual("-", cells[Array.IndexOf(fields, needed)]);
            }
        }
    }

    private static bool IsOf(string type, string cell) => cell == "-" || type switch
    {
        "time" or "interval" => decimal.TryParse(cell, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _) && cell.Split('.')[1].Length == 6,
        "count" => ulong.TryParse(cell, out _),
        "port" => ushort.TryParse(cell, out _),
        "addr" => System.Net.IPAddress.TryParse(cell, out _),
        "bool" => cell is "T" or "F",
        _ => cell.Length > 0,
    };

    private static string Capture() => Samples.Path("hunt/office.pcap");

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int status = await App.RunAsync([.. args, "--no-sandbox"], output, error);
        return (status, output.ToString(), error.ToString());
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content.ReplaceLineEndings(name.EndsWith("csv", StringComparison.Ordinal) ? "\r\n" : "\n"));
        return path;
    }
}
