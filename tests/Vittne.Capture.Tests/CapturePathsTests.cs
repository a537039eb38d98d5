using Vittne.TestKit;

namespace Vittne.Capture.Tests;

public sealed class CapturePathsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("vittne").FullName;

    public CapturePathsTests()
    {
        byte[] capture = new PcapBuilder().ToArray();
        foreach (string name in new[] { "b.pcap", "a.txt", "B.cap", "in/deep/c.pcapng", "in/d.pcap", ".hidden.pcap", ".git/e.pcap" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, name))!);
            File.WriteAllBytes(Path.Combine(_root, name), capture);
        }

        File.WriteAllText(Path.Combine(_root, "notes.pcap"), "no capture");
        File.WriteAllText(Path.Combine(_root, "empty.pcap"), "");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(_root, "link.pcap"), Path.Combine(_root, "b.pcap"));
            Directory.CreateSymbolicLink(Path.Combine(_root, "loop"), _root);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_folder_gives_its_captures_in_ordinal_order_whatever_their_names() =>
        Assert.Equal(["B.cap", "a.txt", "b.pcap", "in/d.pcap", "in/deep/c.pcapng"], Expand(""));

    [Theory]
    [InlineData("*.pcap", "b.pcap")]
    [InlineData("?.*", "B.cap a.txt b.pcap")]
    [InlineData("in/*", "in/d.pcap in/deep/c.pcapng")]
    [InlineData("*/*.pcap", "in/d.pcap")]
    [InlineData("**/*.pcap*", "b.pcap in/d.pcap in/deep/c.pcapng")]
    [InlineData("**", "B.cap a.txt b.pcap in/d.pcap in/deep/c.pcapng")]
    public void A_glob_is_expanded_here_when_the_shell_did_not(string glob, string expected) => Assert.Equal(expected.Split(' '), Expand(glob));

    [Fact]
    public void What_is_named_is_kept_even_if_it_is_no_capture()
    {
        string[] names = ["-", Path.Combine(_root, "notes.pcap"), "no/such.pcap", "no/such*.pcap"];
        Assert.Equal(names, CapturePaths.Expand(names));
    }

    [Fact]
    public void Only_a_capture_is_a_capture()
    {
        Assert.True(CapturePaths.IsCapture(Path.Combine(_root, "a.txt")));
        Assert.False(CapturePaths.IsCapture(Path.Combine(_root, "notes.pcap")));
        Assert.False(CapturePaths.IsCapture(Path.Combine(_root, "empty.pcap")));
        Assert.False(CapturePaths.IsCapture(Path.Combine(_root, "missing.pcap")));
        Assert.False(CapturePaths.IsCapture(_root));
    }

    private List<string> Expand(string name) =>
        [.. CapturePaths.Expand([Path.Combine(_root, name)]).Select(path => Path.GetRelativePath(_root, path).Replace('\\', '/'))];
}
