using System.Net;

namespace Vittne.Capture.Filters;

/// <summary>What an expression may use besides itself.</summary>
public sealed record PacketFilterOptions
{
    /// <summary>Names are refused, no network has a mask.</summary>
    public static PacketFilterOptions Default { get; } = new();

    /// <summary>
    /// Gives all addresses of a host name, or none; null when names are not to be looked up (the default: a look-up tells others what one
    /// looks for).
    /// </summary>
    public Func<string, IReadOnlyList<IPAddress>>? Resolver { get; init; }

    /// <summary>
    /// True for who decides the expression's <see cref="PacketFilter.FlowTerms"/> and asks <see cref="PacketFilter.Given"/>; else they are refused.
    /// </summary>
    public bool AllowsFlowTerms { get; init; }

    /// <summary>The flow terms that hold, a bit each.</summary>
    internal uint HoldingTerms { get; init; }

    /// <summary>
    /// Mask of the network that is captured, for <c>ip broadcast</c>; 0 where it is not known, as in files.
    /// </summary>
    public uint NetworkMask { get; init; }
}
