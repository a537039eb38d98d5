using System.Text.RegularExpressions;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>
/// No verb opens a socket, but those that are told to send. Watched from outside, in a network without any other machine; what is told must be
/// the same there.
/// </summary>
public sealed partial class OfflineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-offline-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("hunt", "--trails", "{trails}", "--all", "--format", "jsonl", "--utc", "{office}", "{lookups}")]
    [InlineData("decode", "-d", "all", "--format", "jsonl", "{office}", "{login}")]
    [InlineData("filter", "{office}", "-w", "-", "tcp")]
    [InlineData("filter", "--explain", "{office}", "tcp port http")]
    [InlineData("grep", "GET", "{office}")]
    [InlineData("grep", "--decoded", "-f", "host-name .example.com or tcp", "e", "{office}")]
    [InlineData("info", "--deep", "{office}", "{login}")]
    [InlineData("trails", "info", "{index}")]
    [InlineData("trails", "build", "{trails}", "-o", "{folder}/a.index")]
    [InlineData("trails", "check", "www.example.com", "192.0.2.1", "--trails", "{trails}")]
    [InlineData("trails", "export", "--trails", "{trails}")]
    public void Verb_opens_no_socket_and_tells_the_same_without_a_network(params string[] args)
    {
        if (args.Contains("{index}"))
        {
            Assert.Equal(0, ChildProgram.Run(ChildProgram.Vittne, "trails", "build", Samples.Path("trails"), "-o", Filled("{index}")).Status);
        }

        string[] command = [.. args.Select(Filled)];
        (int status, string expected, string error) = ChildProgram.Run(ChildProgram.Vittne, command);
        Assert.True(expected.Length > 0, error);
        (int offline, string told, string[] sockets) = Watch(command);

        Assert.Equal((status, Undated(expected)), (offline, Undated(told)));
        Assert.Empty(sockets);
    }

    [Fact]
    public void Output_that_is_told_to_send_is_seen_by_this_watch()
    {
        (_, _, string[] sockets) = Watch("hunt", "--trails", Samples.Path("trails"), "--syslog", "127.0.0.1:9", Samples.Path("hunt/office.pcap"));

        Assert.NotEmpty(sockets);
    }

    private static (int Status, string Output, string[] Sockets) Watch(params string[] args)
    {
        Assert.SkipUnless(ChildProgram.Exists("strace"), "strace is not installed");
        string log = Path.GetTempFileName();
        try
        {
            (int Status, string Output, string Error) result = (-1, "", "");
            string? obstacle = NetworkNamespace.Run(() => result = ChildProgram.Run("strace", ["-f", "-q", "-e", "trace=socket,connect,sendto", "-o", log, ChildProgram.Vittne, .. args]));
            Assert.SkipWhen(obstacle is not null, obstacle ?? "");
            Assert.SkipWhen(result.Error.Contains("ptrace", StringComparison.Ordinal), $"strace may not watch here: {result.Error}");
            return (result.Status, result.Output, [.. File.ReadAllLines(log).Where(static line => OutgoingCall().IsMatch(line))]);
        }
        finally
        {
            File.Delete(log);
        }
    }

    // How long it took differs.
    private static string Undated(string text) => Duration().Replace(text, "");

    private string Filled(string argument) => argument
        .Replace("{trails}", Samples.Path("trails"), StringComparison.Ordinal)
        .Replace("{office}", Samples.Path("hunt/office.pcap"), StringComparison.Ordinal)
        .Replace("{lookups}", Samples.Path("dns/lookups.pcap"), StringComparison.Ordinal)
        .Replace("{login}", Samples.Path("ssh/login.pcap"), StringComparison.Ordinal)
        .Replace("{index}", "{folder}/info.index", StringComparison.Ordinal)
        .Replace("{folder}", _folder, StringComparison.Ordinal);

    [GeneratedRegex(@"\b(socket\(AF_(INET6?|PACKET|NETLINK)|connect\(|sendto\()")]
    private static partial Regex OutgoingCall();

    [GeneratedRegex(@"\d+\.\d+ s\b")]
    private static partial Regex Duration();
}
