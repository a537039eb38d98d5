using Vittne.Cli.Verbs;
using Vittne.Trails;

namespace Vittne.Cli.Tests;

public sealed class SampleTrailsTests
{
    [Fact]
    public void Program_holds_the_sample_lists_and_leaves_no_file_behind()
    {
        string folder;
        using (var sample = SampleTrails.Unpack())
        {
            folder = sample.Folder;
            using var index = TrailIndex.Load([folder], TrailBuildOptions.Default, out TrailBuildReport report);

            Assert.Empty(report.Problems);
            Assert.True(index.TryFindDomain("c2.example.net"u8, out int trail, out _));
            Assert.Equal(("sample bot (malware)", Severity.High), (index.Get(trail).Info, index.Get(trail).Severity));
        }

        Assert.False(Directory.Exists(folder));
    }
}
