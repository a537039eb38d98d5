using Vittne.Engine.Output;

namespace Vittne.Engine.Tests.Output;

public sealed class LogFolderWriterTests : IDisposable
{
    private const long Day = 86_400_000_000_000;
    private const long Noon = 1_699_963_200_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private string Logs => Path.Combine(_folder, "logs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_day_has_a_file_that_all_may_read()
    {
        LogFolderWriter writer = Write(TimeZoneInfo.Utc, Noon, Noon + Day, Noon);

        Assert.Null(writer.Problem);
        Assert.Equal(["2023-11-14.log", "2023-11-15.log"], Directory.GetFiles(Logs).Select(Path.GetFileName).Order());
        string[] lines = File.ReadAllLines(Path.Combine(Logs, "2023-11-14.log"));
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("\"2023-11-14 12:00:00.000000\" box 192.0.2.10 ", lines[1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                File.GetUnixFileMode(Path.Combine(Logs, "2023-11-15.log")));
        }
    }

    [Fact]
    public void Day_ends_at_midnight_of_the_zone()
    {
        Write(TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(13), "east", "east"), Noon);

        Assert.True(File.Exists(Path.Combine(Logs, "2023-11-15.log")));
    }

    [Fact]
    public void Second_run_appends()
    {
        Write(TimeZoneInfo.Utc, Noon);
        Write(TimeZoneInfo.Utc, Noon, Noon);

        Assert.Equal(3, File.ReadAllLines(Path.Combine(Logs, "2023-11-14.log")).Length);
    }

    [Fact]
    public void Day_that_cannot_be_written_is_counted_and_costs_no_other()
    {
        Directory.CreateDirectory(Path.Combine(Logs, "2023-11-15.log"));
        LogFolderWriter writer = Write(TimeZoneInfo.Utc, [Noon, .. Enumerable.Repeat(Noon + Day, 200), Noon + (2 * Day)]);

        Assert.Equal(200, writer.Problem?.LostEvents);
        Assert.StartsWith($"200 of 202 log lines were not written to {Logs}: ", writer.Problem?.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Logs, "2023-11-14.log")) && File.Exists(Path.Combine(Logs, "2023-11-16.log")));
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(Logs, "in the way");

        Assert.Equal(2, Write(TimeZoneInfo.Utc, Noon, Noon).Problem?.LostEvents);
    }

    [Fact]
    public void Troubles_go_to_a_file_beside()
    {
        var writer = new LogFolderWriter(Logs, new MaltrailLine("box", TimeZoneInfo.Utc), TimeZoneInfo.Utc);
        writer.WriteErrors([], DateTime.UnixEpoch);
        Assert.False(Directory.Exists(Logs));

        writer.WriteErrors(["a.pcap: cut\n"], DateTime.UnixEpoch);
        writer.WriteErrors(["again"], DateTime.UnixEpoch);

        Assert.Equal("\"1970-01-01 00:00:00.000000\" \"a.pcap: cut \"\n\"1970-01-01 00:00:00.000000\" again\n", File.ReadAllText(Path.Combine(Logs, "error.log")));
    }

    private LogFolderWriter Write(TimeZoneInfo zone, params long[] timesNs)
    {
        using var writer = new LogFolderWriter(Logs, new MaltrailLine("box", zone), zone);
        foreach (long time in timesNs)
        {
            writer.Write(Threats.Dns(atNs: time));
        }

        return writer;
    }
}
