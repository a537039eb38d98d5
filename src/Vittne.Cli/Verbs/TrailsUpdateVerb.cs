using System.CommandLine;
using Vittne.Trails.Feeds;

namespace Vittne.Cli.Verbs;

/// <summary>What <c>vittne trails update</c> understands on the command line.</summary>
internal static class TrailsUpdateVerb
{
    public static Command Create()
    {
        var lists = new Argument<string[]>("path") { Description = "Lists of your own that become part of the index.", Arity = ArgumentArity.ZeroOrMore };
        var target = new Option<string>("--out", "-o") { Description = "The index file; without it the one in the data folder." };
        var only = new Option<string>("--only") { Description = "Fetch these feeds only, comma-separated; also those that are off.", HelpName = "NAME,…" };
        var without = new Option<string>("--without") { Description = "Fetch all but these feeds.", HelpName = "NAME,…" };
        var feeds = new Option<string>("--feeds") { Description = "A TOML file with feeds of your own; one of the same name replaces a built-in one.", HelpName = "FILE" };
        var list = new Option<bool>("--list") { Description = "Tell the feeds with address and licence; fetch nothing." };
        var shrink = new Option<bool>("--accept-shrink") { Description = "Take feeds that have lost more than half of their entries." };
        var proxy = new Option<string>("--proxy") { Description = "Proxy address, or none; without it that of the environment.", HelpName = "URL" };
        var timeout = new Option<int>("--timeout") { Description = "Seconds of silence after which a server is given up.", DefaultValueFactory = _ => 30, HelpName = "S" };
        var verb = new Command("update", "Fetches feeds and static lists, then builds the index. The only verb that goes on the network.")
        {
            lists, target, only, without, feeds, list, shrink, proxy, timeout,
        };
        verb.SetAction((parsed, cancellation) =>
        {
            InvocationConfiguration io = parsed.InvocationConfiguration;
            var request = new TrailsUpdateRequest
            {
                Lists = parsed.GetValue(lists) ?? [],
                Target = parsed.GetValue(target) ?? DataFolder.TrailIndexPath,
                Only = Names(parsed.GetValue(only)),
                Without = Names(parsed.GetValue(without)),
                FeedsFile = parsed.GetValue(feeds),
                Options = new FeedUpdateOptions
                {
                    Folder = DataFolder.FeedsPath,
                    AcceptsShrinking = parsed.GetValue(shrink),
                    Proxy = parsed.GetValue(proxy),
                    TimeoutSeconds = parsed.GetValue(timeout),
                },
            };
            return parsed.GetValue(list)
                ? Task.FromResult(TrailsUpdate.List(request, io.Output, io.Error))
                : TrailsUpdate.RunAsync(request, io.Output, io.Error, cancellation);
        });
        return verb;
    }

    private static string[] Names(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
