using System.Net.NetworkInformation;

namespace Vittne.Capture.Live;

/// <summary>The interfaces that can be captured, for people.</summary>
public static class InterfaceListing
{
    /// <summary>All of them in the order of their numbers, <c>any</c> last.</summary>
    public static IReadOnlyList<InterfaceFacts> All()
    {
        Dictionary<string, NetworkInterface> known = [];
        foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            known.TryAdd(candidate.Name, candidate);
        }

        var facts = new List<InterfaceFacts>();
        foreach (string name in OperatingSystem.IsLinux() ? NetworkInterfaces.Names() : [.. known.Keys])
        {
            bool isKnown = known.TryGetValue(name, out NetworkInterface? found);
            facts.Add(new InterfaceFacts(
                OperatingSystem.IsLinux() ? (int)LinuxCalls.InterfaceIndex(name) : 0,
                name,
                isKnown ? found!.OperationalStatus.ToString().ToLowerInvariant() : "unknown",
                isKnown ? [.. found!.GetIPProperties().UnicastAddresses.Select(static address => address.Address.ToString())] : []));
        }

        if (OperatingSystem.IsLinux())
        {
            facts.Add(new InterfaceFacts(0, LiveCapture.Any, "up", []));
        }

        return facts;
    }
}
