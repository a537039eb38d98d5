using Vittne.Packets;

namespace Vittne.Engine.Flows.Writing.Zeek;

/// <summary>What Zeek takes for local as long as nobody tells it: address ranges that are private to a site.</summary>
internal static class ZeekNetworks
{
    /// <summary>True for private (RFC 1918, RFC 4193), shared (100.64.0.0/10, RFC 6598), link-local and loopback addresses.</summary>
    public static bool IsLocal(in IpAddress address) =>
        address.IsPrivate || address.IsLoopback || address.IsLinkLocal || (address.IsV4 && address.V4 >> 22 == 0x6440 >> 6);
}
