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
        .Replace("{captures}", Samples.Path("hunt"), StringComparison.Ordinal)
        .Replace("{folder}", _folder, StringComparison.Ordinal);
}
