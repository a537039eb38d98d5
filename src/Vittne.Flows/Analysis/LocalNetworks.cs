using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Analysis;

/// <summary>Which addresses are inside: private ones (RFC 1918, RFC 4193), link-local and loopback ones, and networks that the user names.</summary>
public sealed class LocalNetworks
{
    private readonly List<FlowAddress> _networks = [];

    /// <summary>Reads networks separated by commas. False with the part that is none.</summary>
    public static bool TryParse(string text, out LocalNetworks networks, out string wrong)
    {
        networks = new LocalNetworks();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            wrong = part;
            if (!FlowAddress.TryParse(part, out FlowAddress network) || !network.IsIp)
            {
                return false;
            }

            networks._networks.Add(network);
        }

        wrong = "";
        return true;
    }

    /// <summary>Whether an address is inside.</summary>
    public bool Holds(in IpAddress address)
    {
        if (address.IsPrivate || address.IsLinkLocal || address.IsLoopback)
        {
            return true;
        }

        foreach (FlowAddress network in _networks)
        {
            if (network.Holds(FlowAddress.Of(address)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an address is that of a host outside: not inside, and of one host.</summary>
    public bool IsOutsideHost(in IpAddress address) => !Holds(address) && !address.IsMulticast && !address.IsBroadcast && !address.IsUnspecified;
}
