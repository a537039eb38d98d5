using System.Text;
using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Mutations.Targets;

/// <summary>The reader of index files: a damaged one is refused or answers wrongly, but every look-up comes back.</summary>
internal sealed class IndexTarget() : FuzzTarget("index")
{
    private static readonly byte[] Index = Build();

    /// <inheritdoc/>
    public override int ProtectedLength => 64;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => [Index];

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        try
        {
            using var index = TrailIndex.FromBytes(input);
            seen.Note("good digest", index.HasGoodDigest() ? 1 : 0);
            Ask(index, seen);
        }
        catch (IndexFormatException e)
        {
            seen.Note(e.Message, 0);
        }
    }

    private static void Ask(TrailIndex index, Observer seen)
    {
        seen.Note("rules", index.IgnoreRules.Count);
        seen.Note("problems", index.PatternProblems.Count);
        foreach (string text in (string[])["192.0.2.1", "192.0.3.77", "2001:db8::1", "8.8.8.8"])
        {
            _ = IpAddress.TryParse(text, out IpAddress address);
            Get(index, index.TryFindAddress(address, out int trail), trail, seen);
            Get(index, index.TryFindEndpoint(address, 80, out trail), trail, seen);
            seen.Note("white", index.IsWhitelisted(address) ? 1 : 0);
        }

        foreach (string text in (string[])["evil.test", "a.b.evil.test", "abc9.test", "/gate.php", "host.test/p", "good.test", "sqlmap/1.0", "00112233445566778899aabbccddeeff", ""])
        {
            byte[] key = Encoding.ASCII.GetBytes(text);
            Get(index, index.TryFindDomain(key, out int trail, out _), trail, seen);
            Get(index, index.TryFindUrl(key, out trail), trail, seen);
            Get(index, index.TryFindDomainPattern(key, out trail, out _, out _), trail, seen);
            Get(index, index.TryFindUserAgent(key, out trail, out _, out _), trail, seen);
            Get(index, index.TryFindFingerprint(TrailKind.FileHash, key, out trail), trail, seen);
            seen.Note("white name", index.IsWhitelistedDomain(key) ? 1 : 0);
        }
    }

    private static void Get(TrailIndex index, bool isFound, int trail, Observer seen)
    {
        if (isFound)
        {
            Trail found = index.Get(trail);
            seen.Note("info", found.Info.Length);
            seen.Note("sources", found.Sources.Count);
        }
    }

    private static byte[] Build()
    {
        string folder = Directory.CreateTempSubdirectory("vittne-fuzz-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "malware"));
            File.WriteAllText(
                Path.Combine(folder, "malware", "a.txt"),
                "# Aliases: One\n# Reference: https://a.test/1\nevil.test\n192.0.2.1\n192.0.2.1:80\n192.0.3.0/24\n2001:db8::1\n/gate.php\nhost.test/p\n[a-z]+9\\.test\n00112233445566778899aabbccddeeff\n");
            File.WriteAllText(Path.Combine(folder, "whitelist.txt"), "good.test\n198.51.100.0/24\n");
            File.WriteAllText(Path.Combine(folder, "ua.txt"), "sqlmap/\\d+\n");
            File.WriteAllText(Path.Combine(folder, "ignore_events.txt"), "10.0.0.1;*;*;*\n");
            string target = Path.Combine(folder, "a.index");
            TrailIndexWriter.Build([folder], target, new TrailBuildOptions { BuiltAtSeconds = 1_800_000_000 }, isStrict: false, out _);
            return File.ReadAllBytes(target);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
