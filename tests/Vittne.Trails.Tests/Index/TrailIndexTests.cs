using CsCheck;
using Vittne.Trails.Index;

namespace Vittne.Trails.Tests.Index;

public sealed class TrailIndexTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Addresses_endpoints_and_networks_are_found_the_longest_network_first()
    {
        _folder.With("malware/a.txt", "192.0.2.1\n192.0.2.1:443\n2001:db8::1\n[2001:db8::2]:53\n198.51.0.0/16\n198.51.100.0/24\n2001:db8:1::/48\n203.0.113.250-203.0.113.255\n");
        using TrailIndex index = _folder.Load();

        Assert.Equal("192.0.2.1", Ask.Address(index, "192.0.2.1"));
        Assert.Null(Ask.Address(index, "192.0.2.2"));
        Assert.Equal("192.0.2.1:443", Ask.Endpoint(index, "192.0.2.1", 443));
        Assert.Null(Ask.Endpoint(index, "192.0.2.1", 444));
        Assert.Equal("2001:db8::1", Ask.Address(index, "2001:db8::1"));
        Assert.Equal("[2001:db8::2]:53", Ask.Endpoint(index, "2001:db8::2", 53));
        Assert.Equal("198.51.100.0/24", Ask.Address(index, "198.51.100.255"));
        Assert.Equal("198.51.0.0/16", Ask.Address(index, "198.51.101.0"));
        Assert.Null(Ask.Address(index, "198.52.0.0"));
        Assert.Equal("2001:db8:1::/48", Ask.Address(index, "2001:db8:1:ffff::9"));
        Assert.Null(Ask.Address(index, "2001:db8:2::"));
        Assert.Equal("203.0.113.252/30", Ask.Address(index, "203.0.113.255"));
        Assert.Null(Ask.Address(index, "203.0.113.249"));
    }

    [Fact]
    public void Last_addresses_of_both_families_end_their_networks()
    {
        using TrailIndex index = _folder.With("a.csv", "255.255.255.0/24,a,b\nffff:ffff::/32,a,b\n").Load();

        Assert.Equal("255.255.255.0/24", Ask.Address(index, "255.255.255.255"));
        Assert.Equal("ffff:ffff::/32", Ask.Address(index, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        Assert.Null(Ask.Address(index, "255.255.254.255"));
    }

    [Fact]
    public void Name_itself_comes_before_its_closest_parent()
    {
        using TrailIndex index = _folder.With("malware/a.txt", "evil.test\nb.evil.test\nxyz\n").Load();

        Assert.Equal("b.evil.test", Ask.Domain(index, "b.evil.test"));
        Assert.Equal("b.evil.test", Ask.Domain(index, "a.b.evil.test"));
        Assert.Equal("evil.test", Ask.Domain(index, "c.evil.test"));
        Assert.Equal("xyz", Ask.Domain(index, "some.name.xyz"));
        Assert.Null(Ask.Domain(index, "notevil.test"));
        Assert.Null(Ask.Domain(index, ""));
        Assert.Null(Ask.Domain(index, "."));
    }

    [Fact]
    public void Urls_and_digests_are_found_whole()
    {
        const string Sha1 = "0123456789abcdef0123456789abcdef01234567";
        using TrailIndex index = _folder.With("malware/a.txt", $"http://evil.test\nhttp://evil.test/a/b.php\n/gate.php\n{Sha1}\nja3:0123456789abcdef0123456789abcdef\n").Load();

        Assert.Equal("evil.test/", Ask.Url(index, "evil.test/"));
        Assert.Equal("evil.test/a/b.php", Ask.Url(index, "evil.test/a/b.php"));
        Assert.Equal("/gate.php", Ask.Url(index, "/gate.php"));
        Assert.Null(Ask.Url(index, "evil.test/a"));
        Assert.Equal(Sha1, Ask.Digest(index, TrailKind.Certificate, Sha1));
        Assert.Null(Ask.Digest(index, TrailKind.FileHash, Sha1));
        Assert.Equal("0123456789abcdef0123456789abcdef", Ask.Digest(index, TrailKind.Ja3, "0123456789abcdef0123456789abcdef"));
        Assert.Equal(TrailKind.HostSlash, index.Explain("http://evil.test").Match!.Kind);
    }

    [Fact]
    public void Lists_and_their_index_are_the_same_bytes()
    {
        Sample();
        string target = _folder.File("out/trails.index");
        Assert.True(TrailIndexWriter.Build([_folder.File("lists")], target, TrailBuildOptions.Default, isStrict: false, out _));
        byte[] compiled = TrailSet.Compile([_folder.File("lists")], TrailBuildOptions.Default with { Workers = 1 }, new TrailBuildReport());

        Assert.Equal(compiled, File.ReadAllBytes(target));
        Assert.Equal([target], Directory.GetFileSystemEntries(_folder.File("out")));
        using TrailIndex index = TrailIndex.Open(target);
        Assert.True(index.HasGoodDigest());
    }

    [Fact]
    public void Second_build_of_one_index_is_told_to_wait_and_leaves_nothing()
    {
        Sample();
        string target = _folder.File("out/trails.index");
        Directory.CreateDirectory(_folder.File("out"));
        using (new FileStream($"{target}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            IOException e = Assert.Throws<IOException>(() => TrailIndexWriter.Build([_folder.File("lists")], target, TrailBuildOptions.Default, isStrict: false, out _));
            Assert.Contains("another build", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal([$"{target}.lock"], Directory.GetFileSystemEntries(_folder.File("out")));
    }

    [Fact]
    public void Order_and_doubles_of_paths_do_not_change_the_bytes()
    {
        Sample();
        string[] paths = [_folder.File("lists/malware"), _folder.File("lists/suspicious"), _folder.File("lists/whitelist.txt")];
        byte[] one = TrailSet.Compile(paths, TrailBuildOptions.Default, new TrailBuildReport());
        byte[] other = TrailSet.Compile([.. paths.Reverse(), paths[0]], TrailBuildOptions.Default, new TrailBuildReport());

        Assert.Equal(one, other);
    }

    [Fact]
    public void Time_of_the_build_changes_its_own_field_only()
    {
        Sample();
        byte[] one = TrailSet.Compile([_folder.File("lists")], TrailBuildOptions.Default, new TrailBuildReport());
        byte[] other = TrailSet.Compile([_folder.File("lists")], TrailBuildOptions.Default with { BuiltAtSeconds = 1_700_000_000 }, new TrailBuildReport());
        one.AsSpan(16, 8).CopyTo(other.AsSpan(16));

        Assert.Equal(one, other);
    }

    [Fact]
    public void Index_and_lists_combine_as_lists_alone_do()
    {
        Sample();
        string target = _folder.File("part.index");
        TrailIndexWriter.Build([_folder.File("lists")], target, TrailBuildOptions.Default, isStrict: false, out _);
        _folder.With("more/custom/own.txt", "new.test\nevil.test\n");
        using TrailIndex mixed = TrailIndex.Load([target, _folder.File("more")], TrailBuildOptions.Default, out _);

        Assert.Equal("own", mixed.Explain("evil.test").Match!.Info);
        Assert.Equal(3, mixed.Explain("evil.test").Match!.Sources.Count);
        Assert.Equal("new.test", Ask.Domain(mixed, "a.new.test"));
        Assert.Equal("b (suspicious)", mixed.Explain("192.0.2.1").Match!.Info);
        Assert.Equal(["https://a.test/ref"], mixed.Explain("evil.test").Match!.Sources.Single(source => source.List == "malware/a.txt").References);
        Assert.True(mixed.IsWhitelistedDomain("x.good.test"u8));
    }

    [Fact]
    public void Unknown_version_and_other_files_are_refused_in_one_line()
    {
        Sample();
        byte[] bytes = TrailSet.Compile([_folder.File("lists")], TrailBuildOptions.Default, new TrailBuildReport());
        bytes[8] = 9;

        Assert.Contains("format version 9", Assert.Throws<IndexFormatException>(() => TrailIndex.FromBytes(bytes, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("is not an index", Assert.Throws<IndexFormatException>(() => TrailIndex.FromBytes("hello"u8.ToArray(), "x")).Message, StringComparison.Ordinal);
        Assert.Contains("is cut", Assert.Throws<IndexFormatException>(() => TrailIndex.FromBytes("VITTRAIL"u8.ToArray(), "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_copies_are_refused_or_answer_without_a_crash_and_the_digest_tells()
    {
        Sample();
        byte[] good = TrailSet.Compile([_folder.File("lists")], TrailBuildOptions.Default, new TrailBuildReport());
        Assert.True(TrailIndex.FromBytes(good).HasGoodDigest());
        var random = new Random(7);
        int opened = 0;
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bad = i % 4 == 0 ? good[..random.Next(good.Length)] : [.. good];
            if (i % 4 != 0)
            {
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
                }
            }

            opened += AnswersAll(bad) ? 1 : 0;
        }

        Assert.InRange(opened, 1, 9_000);
    }

    [Fact]
    public void Names_are_found_exactly_when_a_suffix_of_labels_is_listed()
    {
        Gen<string> label = Gen.String[Gen.Char["ab1-"], 1, 20];
        Gen<string> name = label.Array[1, 4].Select(labels => string.Join('.', labels));
        Gen.Select(name.Array[1, 20], name.Array[1, 20]).Sample(
            (listed, asked) =>
            {
                using var folder = new ListFolder();
                using TrailIndex index = folder.With("a.csv", string.Concat(listed.Select(text => $"domain:{text},x,y\n"))).Load();
                HashSet<string> known = [.. listed.Where(text => text.Any(char.IsAsciiLetter) || text.Contains('-', StringComparison.Ordinal)).Select(text => text.StartsWith("www.", StringComparison.Ordinal) ? text[4..] : text)];
                foreach (string question in asked)
                {
                    string? expected = Suffixes(question).FirstOrDefault(known.Contains);
                    Assert.Equal(expected, Ask.Domain(index, question));
                }
            },
            iter: 100);
    }

    private static IEnumerable<string> Suffixes(string name)
    {
        yield return name;
        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[(dot + 1)..];
        }
    }

    /// <summary>Asks everything of a damaged index; true when it could be opened.</summary>
    private static bool AnswersAll(byte[] bytes)
    {
        TrailIndex index;
        try
        {
            index = TrailIndex.FromBytes(bytes, "bad");
        }
        catch (IndexFormatException)
        {
            return false;
        }

        string[] questions = ["evil.test", "192.0.2.1", "198.51.100.7", "192.0.2.1:443", "2001:db8::1", "http://evil.test/a/b", "/gate.php", "10.0.0.1", "good.test", "0123456789abcdef0123456789abcdef"];
        foreach (string question in questions)
        {
            index.Explain(question);
        }

        for (int trail = 0; trail < index.Count; trail++)
        {
            _ = index.Get(trail).Sources.Count;
        }

        index.Summary();
        Assert.Equal(index.Count, index.Summary().Trails);
        index.TryFindUserAgent("evil"u8, out _, out _, out _);
        index.TryFindDomainPattern("evil"u8, out _, out _, out _);
        Assert.Equal(index.IgnoreRules.Count, index.IgnoreRules.Count);
        return true;
    }

    private void Sample() => _folder
        .With("lists/malware/a.txt", "# Aliases: A, B\n# Reference: https://a.test/ref\nevil.test\n198.51.100.0/24\n192.0.2.1:443\nseek[0-9]+\\.com\n10.0.0.1\n")
        .With("lists/suspicious/b.txt", "evil.test\n192.0.2.1\n2001:db8::1\n2001:db8:5::/48\nhttp://evil.test/a/b\n/gate.php\n0123456789abcdef0123456789abcdef\n")
        .With("lists/whitelist.txt", "good.test\n192.0.2.128/25\ngood.test/path\n")
        .With("lists/bogon_ranges.txt", "10.0.0.0/8\n")
        .With("lists/ignore_events.txt", "*;*;*;22\n")
        .With("lists/ua.txt", "evil\n");
}
