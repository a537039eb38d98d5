using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Vittne.TestKit;
using Vittne.Trails.Feeds;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Feeds;

public sealed class FeedUpdateTests : IDisposable
{
    private readonly WebServer _server = new();
    private readonly ListFolder _folder = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Good_feed_is_kept_and_asked_for_with_its_marks_next_time()
    {
        _server.Page("/a", async (head, stream, token) =>
        {
            bool isKnown = head.Contains("If-None-Match: \"v1\"", StringComparison.Ordinal) && head.Contains("If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT", StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(isKnown
                ? "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
                : "HTTP/1.1 200 OK\r\nContent-Length: 19\r\nETag: \"v1\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nConnection: close\r\n\r\na.test\nb.test # x\n\n"), token);
        });
        FeedOutcome first = await One(Feed("/a"));
        FeedOutcome second = await One(Feed("/a"));

        Assert.Equal(("new", 2, true, 0), (first.Word, first.State!.Entries, first.IsGood, first.Before));
        Assert.Equal(("unchanged", 2, true, 2), (second.Word, second.State!.Entries, second.IsGood, second.Before));
        Assert.Equal("# category feed\na.test,bad,ref.test\nb.test,bad,ref.test\n", Kept());
        Assert.Contains("Accept-Encoding: gzip, deflate, br, zstd", _server.Requests.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_that_is_described_anew_is_fetched_whole()
    {
        _server.Page("/a", "a.test\n", headers: "ETag: \"v1\"\r\n");
        await One(Feed("/a"));
        await One(Feed("/a") with { Info = "worse" });

        Assert.DoesNotContain("If-None-Match", _server.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal("# category feed\na.test,worse,ref.test\n", Kept());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Packed_body_is_unpacked(string encoding)
    {
        _server.Page("/a", Packed("a.test\n", encoding), headers: $"Content-Encoding: {encoding}\r\n");

        Assert.Equal((1, ""), ((await One(Feed("/a"))).State!.Entries, (await One(Feed("/a"))).Problem));
    }

    [Fact]
    public async Task Body_that_is_a_gzip_file_is_unpacked()
    {
        _server.Page("/a", Packed("a.test\n", "gzip"));

        Assert.Equal(1, (await One(Feed("/a"))).State!.Entries);
    }

    [Theory]
    [InlineData("404 Not Found", "", "", "was answered with status 404")]
    [InlineData("200 OK", "<!DOCTYPE html><p>moved", "", "is a web page, not a list")]
    [InlineData("200 OK", "", "", "holds no indicator")]
    [InlineData("200 OK", "# nothing\n", "", "holds no indicator")]
    [InlineData("200 OK", "x", "Content-Encoding: rot13\r\n", "is packed with rot13, which is not known")]
    [InlineData("302 Found", "", "Location: /bad\r\n", "was redirected more than 5 times")]
    [InlineData("302 Found", "", "Location: ftp://127.0.0.1/\r\n", "was redirected to ftp")]
    public async Task Bad_answer_keeps_the_last_good_data_and_says_why(string status, string body, string headers, string problem)
    {
        _server.Page("/a", "a.test\n");
        await One(Feed("/a"));
        _server.Page("/bad", body, status, headers);
        FeedOutcome outcome = await One(Feed("/bad"));

        Assert.Equal(("failed", problem, false, 1), (outcome.Word, outcome.Problem, outcome.IsGood, outcome.State!.Entries));
        Assert.Equal("# category feed\na.test,bad,ref.test\n", Kept());
        Assert.Equal(problem, FeedStore.Open(Options().Folder).States.Single().Problem);
    }

    [Fact]
    public async Task Body_without_its_mark_is_refused()
    {
        _server.Page("/a", "a.test\n");
        FeedOutcome outcome = await One(Feed("/a") with { Check = "b.test" });

        Assert.Equal(("failed", "lacks 'b.test'", null), (outcome.Word, outcome.Problem, outcome.State));
    }

    [Fact]
    public async Task Silent_server_is_given_up()
    {
        _server.Page("/a", static async (_, _, token) => await Task.Delay(Timeout.Infinite, token));
        FeedOutcome outcome = await One(Feed("/a"));

        Assert.Equal(("failed", "was silent for 1 s"), (outcome.Word, outcome.Problem));
    }

    [Fact]
    public async Task Body_that_is_cut_off_is_no_good_one()
    {
        _server.Page("/a", static async (_, stream, token) => await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na.test\n"u8.ToArray(), token));
        FeedOutcome outcome = await One(Feed("/a"));

        Assert.Equal("failed", outcome.Word);
        Assert.StartsWith("broke off: ", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_body_ends_at_the_bound()
    {
        byte[] block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a.test\n", 9_000)));
        _server.Page("/a", async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), token);
            while (!token.IsCancellationRequested)
            {
                await stream.WriteAsync(block, token);
            }
        });
        FeedOutcome outcome = await One(Feed("/a"));

        Assert.Equal(("failed", "is larger than 2 MiB"), (outcome.Word, outcome.Problem));
    }

    [Fact]
    public async Task Small_body_that_unpacks_without_end_ends_at_the_bound()
    {
        _server.Page("/a", Packed(new string('a', 8 << 20), "gzip"), headers: "Content-Encoding: gzip\r\n");

        Assert.Equal("is larger than 2 MiB", (await One(Feed("/a"))).Problem);
    }

    [Fact]
    public async Task Cookie_of_a_redirect_is_sent_back_and_no_other_feed_has_it()
    {
        _server.Page("/a", "", "302 Found", "Location: /b\r\nSet-Cookie: seen=1; Path=/\r\n");
        _server.Page("/b", "a.test\n");
        IReadOnlyList<FeedOutcome> outcomes = await new FeedUpdate(Options()).RunAsync([Feed("/a"), Feed("/b") with { Name = "other" }], null, TestContext.Current.CancellationToken);

        Assert.All(outcomes, outcome => Assert.True(outcome.IsGood));
        Assert.Equal([false, false, true], _server.Requests.Select(head => head.Contains("Cookie: seen=1", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Second_address_is_tried_when_the_first_fails()
    {
        _server.Page("/b", "a.test\n");

        Assert.True((await One(Feed("/a") with { Urls = [_server.Url("/a"), _server.Url("/b")] })).IsGood);
    }

    [Fact]
    public async Task Parts_of_a_feed_are_joined_and_one_that_fails_fails_all()
    {
        _server.Page("/a", "a.test");
        _server.Page("/b", "b.test\n");
        FeedDescriptor feed = Feed("/a") with { Urls = [_server.Url("/a"), _server.Url("/b")], TakesAll = true };

        Assert.Equal(2, (await One(feed)).State!.Entries);
        Assert.Equal("was answered with status 404", (await One(feed with { Urls = [_server.Url("/a"), _server.Url("/c")] })).Problem);
    }

    [Fact]
    public async Task Feed_that_loses_more_than_half_is_refused_until_it_is_accepted()
    {
        _server.Page("/a", "a.test\nb.test\nc.test\n");
        await One(Feed("/a"));
        _server.Page("/a", "a.test\n");
        FeedOutcome refused = await One(Feed("/a"));

        Assert.Equal(("refused", "fell from 3 to 1 entries; --accept-shrink takes it", 3), (refused.Word, refused.Problem, refused.State!.Entries));
        Assert.Equal(4, Kept().Count(static c => c == '\n'));

        FeedOutcome accepted = (await new FeedUpdate(Options() with { AcceptsShrinking = true }).RunAsync([Feed("/a")], null, TestContext.Current.CancellationToken))[0];
        Assert.Equal(("updated", 1), (accepted.Word, accepted.State!.Entries));
    }

    [Fact]
    public async Task Archive_of_static_lists_is_taken_apart_and_names_that_lead_out_are_not()
    {
        _server.Page("/a", Archive(
            ("maltrail-master/trails/static/malware/emotet.txt", "# Reference: https://a.test/1\nevil.test\n"),
            ("maltrail-master/trails/static/mass_scanner.txt", "192.0.2.1\n"),
            ("maltrail-master/data/whitelist.txt", "good.test\n"),
            ("maltrail-master/html/index.txt", "other.test\n"),
            ("maltrail-master/trails/static/../../../../out.txt", "out.test\n"),
            ("/trails/static/malware/abs.txt", "abs.test\n")));
        FeedOutcome outcome = await One(Feed("/a") with { Format = "archive" });
        using TrailIndex index = TrailIndex.Load([FeedStore.Open(Options().Folder).ListsFolder], TrailBuildOptions.Default, out TrailBuildReport report);

        Assert.Equal(("new", ""), (outcome.Word, outcome.Problem));
        Assert.Equal((2, "emotet (malware)"), (index.Count, index.Explain("evil.test").Match!.Info));
        Assert.True(index.IsWhitelistedDomain("good.test"u8));
        Assert.Empty(report.Problems);
    }

    [Fact]
    public async Task Archive_without_lists_or_cut_off_keeps_the_last_one()
    {
        byte[] good = Archive(("m/trails/static/malware/emotet.txt", "evil.test\n"));
        _server.Page("/a", good);
        await One(Feed("/a") with { Format = "archive" });
        _server.Page("/a", Archive(("m/other/emotet.txt", "evil.test\n")));
        FeedOutcome empty = await One(Feed("/a") with { Format = "archive" });
        _server.Page("/a", good[..^20]);
        FeedOutcome cut = await One(Feed("/a") with { Format = "archive" });

        Assert.Equal("holds no list below trails/static", empty.Problem);
        Assert.Equal(("failed", false), (cut.Word, cut.IsGood));
        Assert.True(File.Exists(_folder.File("lists/test/malware/emotet.txt")));
    }

    private static byte[] Archive(params (string Name, string Text)[] members)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var archive = new TarWriter(packed))
        {
            foreach ((string name, string text) in members)
            {
                archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Packed(string text, string encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream packed = encoding switch
        {
            "gzip" => new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(bytes, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZstdSharp.CompressionStream(bytes, leaveOpen: true),
        })
        {
            packed.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private FeedDescriptor Feed(string path) => new() { Name = "test", Urls = [_server.Url(path)], Info = "bad", Reference = "ref.test" };

    private FeedUpdateOptions Options() => new() { Folder = _folder.Path, TimeoutSeconds = 1, Proxy = "none", MaxLength = 2 << 20 };

    private string Kept() => File.ReadAllText(_folder.File("lists/test.feed"));

    private async Task<FeedOutcome> One(FeedDescriptor feed) => (await new FeedUpdate(Options()).RunAsync([feed], null, TestContext.Current.CancellationToken))[0];
}
