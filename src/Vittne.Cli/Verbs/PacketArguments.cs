using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Vittne.Capture;
using Vittne.Packets;
using Vittne.Packets.Fragments;

namespace Vittne.Cli.Verbs;

/// <summary>How packets are read: options of the verbs that show them.</summary>
internal sealed class PacketArguments
{
    private const string Strict = "strict";
    private const string Lax = "lax";
    private const int MaxTimeoutSeconds = 3_600;
    private const long NsPerSecond = 1_000_000_000;

    private static readonly string[] Policies = ["first", "last", "bsd", "bsd-right", "linux", "windows", "solaris"];

    public Option<string> FragmentPolicies { get; } = new("--frag-policy")
    {
        Description = "Which bytes count where IP fragments overlap: first, last, bsd, bsd-right, linux, windows or solaris.",
        DefaultValueFactory = _ => "bsd",
        HelpName = "POLICY",
    };

    public Option<int> FragmentTimeout { get; } = new("--frag-timeout")
    {
        Description = "Seconds after its first fragment at which a datagram is given up, 1 to 3600; else 30 for IPv4 and 60 for IPv6.",
        HelpName = "SECONDS",
    };

    public Option<string> Checksums { get; } = new("--checksums")
    {
        Description = "strict leaves out packets with a wrong IPv4, TCP, UDP or ICMP checksum, as their receiver would; lax reads them.",
        DefaultValueFactory = _ => Lax,
        HelpName = "RULE",
    };

    public Option<bool> EspNull { get; } = new("--esp-null")
    {
        Description = "Read payloads of ESP whose cipher is NULL, as far as padding and checksums say so.",
    };

    public Option<string> AssumedLinkType { get; } = new("--assume-dlt")
    {
        Description = "Link type, by number or name, that frames of unknown types and of those for private use are read as.",
        HelpName = "TYPE",
    };

    /// <summary>Declares everything on a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(FragmentPolicies);
        verb.Add(FragmentTimeout);
        verb.Add(Checksums);
        verb.Add(EspNull);
        verb.Add(AssumedLinkType);
    }

    /// <summary>Reads the options; what is wrong is told in one line.</summary>
    public bool TryRead(ParseResult parsed, TextWriter error, [NotNullWhen(true)] out PacketDecoderOptions? options)
    {
        options = null;
        string policy = parsed.GetValue(FragmentPolicies) ?? "bsd";
        string checksums = parsed.GetValue(Checksums) ?? Lax;
        bool hasTimeout = parsed.GetResult(FragmentTimeout) is { Implicit: false };
        int timeout = parsed.GetValue(FragmentTimeout);
        string? assumed = parsed.GetValue(AssumedLinkType);
        ushort? linkType = null;
        string? problem = null;
        if (!Policies.Contains(policy))
        {
            problem = $"there is no fragment policy '{policy}'; there are {string.Join(", ", Policies)}";
        }
        else if (hasTimeout && timeout is < 1 or > MaxTimeoutSeconds)
        {
            problem = $"--frag-timeout must be 1 to {MaxTimeoutSeconds} seconds";
        }
        else if (checksums is not Strict and not Lax)
        {
            problem = $"--checksums must be {Strict} or {Lax}, not '{checksums}'";
        }
        else if (assumed is not null && !TryReadLinkType(assumed, out linkType))
        {
            problem = $"--assume-dlt '{assumed}' is no link type; write its number or its name, such as 1 or EN10MB";
        }

        if (problem is not null)
        {
            error.WriteLine($"vittne: {problem}");
            return false;
        }

        options = new PacketDecoderOptions
        {
            FragmentPolicy = Enum.Parse<FragmentPolicy>(policy.Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
            RequiresChecksums = checksums == Strict,
            AcceptsEspNull = parsed.GetValue(EspNull),
            AssumedLinkType = linkType,
        };
        if (hasTimeout)
        {
            options = options with { FragmentTimeoutV4Ns = timeout * NsPerSecond, FragmentTimeoutV6Ns = timeout * NsPerSecond };
        }

        return true;
    }

    private static bool TryReadLinkType(string text, out ushort? linkType)
    {
        linkType = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : LinkTypeNames.Find(text);
        return linkType is not null;
    }
}
