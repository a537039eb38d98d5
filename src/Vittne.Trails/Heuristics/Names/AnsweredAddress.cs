using Vittne.Packets;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>An address in a DNS answer that trails know something about.</summary>
/// <param name="Trail">How the event shows the name that was asked for: <c>(name).tld</c>.</param>
/// <param name="Info">What the trail of the address says.</param>
internal sealed record AnsweredAddress(string Trail, string Info)
{
    /// <summary>The first address of a good answer whose trail's info holds a word; null when there is none.</summary>
    public static AnsweredAddress? Find(DnsRecord dns, HeuristicReadings readings, string word)
    {
        if (readings.Dns(dns) is not { IsGoodAnswer: true } reading || reading.Names.Length == 0)
        {
            return null;
        }

        string name = reading.Names[0];
        foreach (IpAddress address in reading.Addresses)
        {
            if (readings.Index.TryFindAddress(address, out int trail)
                && readings.Index.Get(trail).Info is string info
                && info.Contains(word, StringComparison.Ordinal)
                && !DnsReading.IsWhitelisted(readings.Index, name))
            {
                int topLevel = name.LastIndexOf('.');
                return new AnsweredAddress($"({name[..topLevel]}){name[topLevel..]}", info);
            }
        }

        return null;
    }
}
