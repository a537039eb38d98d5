using System.Diagnostics;
using System.Runtime.InteropServices;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>The sandbox of the native program, looked at from outside while a capture is read.</summary>
public sealed class SandboxTests : IDisposable
{
    // landlock_create_ruleset(2) and LANDLOCK_CREATE_RULESET_VERSION.
    private const int CreateRuleset = 444;
    private const int TellVersion = 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-sandbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Filter_is_in_force_in_all_threads_when_the_first_capture_is_opened()
    {
        string program = Program();
        string pipe = Pipe();
        using Process process = ChildProgram.Start(program, "decode", "-d", "dns", "--workers", "3", pipe);

        // Opening the other end returns when the program has opened its own: the sandbox comes before that.
        using (var capture = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            string[] threads = Directory.GetDirectories($"/proc/{process.Id}/task");
            Assert.All(threads, static thread => Assert.Contains("Seccomp:\t2\n", File.ReadAllText(Path.Combine(thread, "status")), StringComparison.Ordinal));
            Assert.All(threads, static thread => Assert.Contains("NoNewPrivs:\t1\n", File.ReadAllText(Path.Combine(thread, "status")), StringComparison.Ordinal));
            capture.Write(new PcapBuilder().ToArray());
        }

        Assert.Equal(0, ChildProgram.End(process).Status);
    }

    [Fact]
    public void No_sandbox_leaves_all_rights()
    {
        string program = Program();
        string pipe = Pipe();
        using Process process = ChildProgram.Start(program, "decode", "-d", "dns", "--no-sandbox", pipe);
        using (var capture = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            Assert.Contains("Seccomp:\t0\n", File.ReadAllText($"/proc/{process.Id}/status"), StringComparison.Ordinal);
            capture.Write(new PcapBuilder().ToArray());
        }

        Assert.Equal(0, ChildProgram.End(process).Status);
    }

    [Fact]
    public void File_that_was_not_named_when_the_sandbox_closed_cannot_be_read()
    {
        string program = Program();
        Assert.SkipUnless(LandlockVersion(CreateRuleset, 0, 0, TellVersion) > 0, "the kernel has no Landlock");
        string pipe = Pipe();
        string second = Path.Combine(_folder, "second.pcap"), other = Path.Combine(_folder, "other.pcap");
        File.Copy(Samples.Path("dns/lookups.pcap"), second);
        File.Copy(Samples.Path("dns/lookups.pcap"), other);
        using Process process = ChildProgram.Start(program, "decode", "-d", "dns", pipe, second);
        using (var capture = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            // Another file under the name that was allowed.
            File.Move(other, second, overwrite: true);
            capture.Write(new PcapBuilder().ToArray());
        }

        (int status, string told, string error) = ChildProgram.End(process);
        Assert.Equal((1, ""), (status, told));
        Assert.Contains(second, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunt", "--trails", "{trails}", "--all", "--format", "jsonl", "--workers", "3", "{captures}")]
    [InlineData("hunt", "--trails", "{trails}", "--log-dir", "{folder}/logs", "--utc", "{captures}")]
    [InlineData("decode", "-d", "all", "-v", "{captures}")]
    [InlineData("grep", "-t", "e", "{captures}")]
    [InlineData("grep", "-O", "/dev/null", "e", "{captures}")]
    [InlineData("info", "--deep", "{captures}")]
    [InlineData("filter", "{captures}", "-w", "-", "--format", "pcapng", "udp")]
    public void Results_are_the_same_with_and_without(params string[] args)
    {
        string program = Program();
        string[] command = [.. args.Select(Filled)];
        (int status, string expected, _) = ChildProgram.Run(program, [.. command, "--no-sandbox"]);
        string[] logs = Logs();
        (int inside, string told, string error) = ChildProgram.Run(program, command);

        Assert.Equal((status, expected), (inside, told));
        Assert.NotEqual("", told);
        Assert.DoesNotContain("denied", error, StringComparison.Ordinal);
        Assert.Equal(2 * logs.Length, Logs().Length);
    }

    [Theory]
    [InlineData("a.pcap", "filter", "{office}", "-w", "{out}", "tcp")]
    [InlineData("a.pcap.zst", "filter", "{office}", "--sort", "-w", "{out}")]
    [InlineData("a0 a1 a2", "filter", "{office}", "-C", "1KiB", "-W", "3", "-w", "{folder}/a")]
    [InlineData("a.pcap b.pcap", "grep", "-q", "-O", "{out}", "--write-flows", "{folder}/b.pcap", "GET", "{office}")]
    public void Files_that_are_asked_for_are_made_and_take_the_place_of_older_ones(string files, params string[] args)
    {
        string program = Program();
        string[] names = [.. files.Split(' ').Select(name => Path.Combine(_folder, name))];
        string[] command = [.. args.Select(argument => Filled(argument).Replace("{out}", names[0], StringComparison.Ordinal))];
        (int status, _, string error) = ChildProgram.Run(program, [.. command, "--no-sandbox"]);
        byte[][] expected = [.. names.Select(File.ReadAllBytes)];
        Array.ForEach(names, name => File.WriteAllText(name, "older"));
        (int inside, _, string told) = ChildProgram.Run(program, command);

        Assert.Equal((status, error.Contains("rror", StringComparison.Ordinal)), (inside, told.Contains("rror", StringComparison.Ordinal)));
        Assert.Equal(expected, names.Select(File.ReadAllBytes));
        Assert.Equal(names.Length, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void File_outside_of_the_folder_of_the_output_cannot_be_made()
    {
        string program = Program();
        Assert.SkipUnless(LandlockVersion(CreateRuleset, 0, 0, TellVersion) > 0, "the kernel has no Landlock");
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;

        // The pattern of times leads out of the folder that it begins in.
        string pattern = Path.Combine(inner, "%Y", "..", "..", "x-%Y%m%d-%H%M%S.pcap");
        for (int year = 2000; year < 2040; year++)
        {
            Directory.CreateDirectory(Path.Combine(inner, $"{year}"));
        }

        (int status, _, string error) = ChildProgram.Run(program, "filter", Samples.Path("hunt/office.pcap"), "-G", "3600", "-w", pattern);

        Assert.Equal(1, status);
        Assert.NotEqual("", error);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Output_to_another_machine_still_gets_out()
    {
        string program = Program();
        using var receiver = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        string port = ((System.Net.IPEndPoint)receiver.Client.LocalEndPoint!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (int status, _, string error) = ChildProgram.Run(
            program, "hunt", "--trails", Samples.Path("trails"), "--syslog", $"localhost:{port}", Samples.Path("hunt/office.pcap"));

        Assert.True(status == 0, error);
        Assert.True(receiver.Available > 0, error);
    }

    [Fact]
    public void Other_user_is_taken_for_good_when_the_interface_is_open()
    {
        string program = Program();
        Assert.SkipUnless(Environment.UserName == "root", "only root can become another user");
        string log = "";
        string? obstacle = NetworkNamespace.Run(() =>
        {
            using Process process = ChildProgram.Start(program, "hunt", "--heuristics-only", "-i", NetworkNamespace.Receiving, "-Z", "nobody", "--duration", "120", "--ring", "2M");
            string? line;
            do
            {
                line = process.StandardError.ReadLine();
                log += $"{line}\n";
            }
            while (line is not null && !line.Contains("running as nobody", StringComparison.Ordinal));

            foreach (string thread in Directory.GetDirectories($"/proc/{process.Id}/task"))
            {
                string state = File.ReadAllText(Path.Combine(thread, "status"));
                Assert.Matches(@"Uid:\t(\d+)\t\1\t\1\t\1\n", state);
                Assert.DoesNotContain("Uid:\t0\t", state, StringComparison.Ordinal);
                Assert.DoesNotContain("Gid:\t0\t", state, StringComparison.Ordinal);
                Assert.Contains("CapEff:\t0000000000000000\n", state, StringComparison.Ordinal);
            }

            process.Kill();
            process.WaitForExit();
        });
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        Assert.Contains("running as nobody from here on", log, StringComparison.Ordinal);
    }

    [DllImport("libc", EntryPoint = "syscall")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint LandlockVersion(nint number, nint attributes, nint length, nint flags);

    private static string Program()
    {
        string? program = ChildProgram.Native(out string obstacle);
        Assert.SkipWhen(program is null, obstacle);
        return program!;
    }

    private string[] Logs() => Directory.Exists(Path.Combine(_folder, "logs"))
        ? [.. Directory.GetFiles(Path.Combine(_folder, "logs")).SelectMany(File.ReadAllLines)]
        : [];

    private string Pipe()
    {
        string path = Path.Combine(_folder, "pipe");
        Assert.Equal(0, ChildProgram.Run("mkfifo", path).Status);
        return path;
    }

    private string Filled(string argument) => argument
        .Replace("{trails}", Samples.Path("trails"), StringComparison.Ordinal)
        .Replace("{office}", Samples.Path("hunt/office.pcap"), StringComparison.Ordinal)
        .Replace("{captures}", Samples.Path("hunt"), StringComparison.Ordinal)
        .Replace("{folder}", _folder, StringComparison.Ordinal);
}
