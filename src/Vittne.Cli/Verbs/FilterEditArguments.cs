using System.CommandLine;

namespace Vittne.Cli.Verbs;

/// <summary>Options of <c>vittne filter</c> that change packets or leave out copies.</summary>
internal sealed class FilterEditArguments
{
    public Option<int> SnapLength { get; } = new("--snap-length", "-s") { Description = "Keep so many bytes of each packet at most.", HelpName = "N" };

    public Option<string> Chop { get; } = new("--chop") { Description = "Take bytes out of each packet, as editcap -C: from the start, or from the end when negative.", HelpName = "[OFFSET:]N" };

    public Option<bool> AdjustLength { get; } = new("--adjust-length", "-L") { Description = "Lower the length on the wire too, with --snap-length and --chop." };

    public Option<bool> Dedup { get; } = new("--dedup")
    {
        Description = "Leave out copies of the packets just before; --dedup=WINDOW says how far back: packets (5), or a time such as 10ms.",
    };

    public Option<string> DedupWindow { get; } = new("--dedup-window") { Description = "The same as --dedup=WINDOW.", HelpName = "WINDOW", Hidden = true };

    public Option<int> DedupSkip { get; } = new("--dedup-skip") { Description = "Bytes at the start of packets that are not compared.", HelpName = "N" };

    public Option<string> DedupIgnore { get; } = new("--dedup-ignore")
    {
        Description = "Header fields that are not compared: ttl, checksum, vlan, mac.",
        HelpName = "FIELD,…",
    };

    public Option<string> Shift { get; } = new("--shift") { Description = "Add so many seconds to all times; a fraction or minus sign may be given.", HelpName = "SECONDS" };

    public Option<bool> StrictOrder { get; } = new("--strict-order")
    {
        Description = "Put a packet that is earlier than the one before it behind that; --strict-order=SECONDS says how far.",
    };

    public Option<string> OrderDelta { get; } = new("--strict-order-delta") { Description = "The same as --strict-order=SECONDS.", HelpName = "SECONDS", Hidden = true };

    public Option<bool> StripPayload { get; } = new("--strip-payload") { Description = "Keep headers only, up to the transport header." };

    public Option<bool> Decapsulate { get; } = new("--decapsulate") { Description = "Take packets out of their tunnels." };

    public Option<string> Anonymise { get; } = new("--anonymise")
    {
        Description = "Put false addresses for IP and hardware addresses, the same for the same key: a file of 32 bytes or 64 hex digits.",
        HelpName = "KEYFILE",
    };

    public Option<bool> KeepOui { get; } = new("--keep-oui") { Description = "Leave the maker's half of hardware addresses true, with --anonymise." };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        SnapLength, Chop, AdjustLength, Dedup, DedupWindow, DedupSkip, DedupIgnore, Shift, StrictOrder, OrderDelta, StripPayload, Decapsulate,
        Anonymise, KeepOui,
    ];
}
