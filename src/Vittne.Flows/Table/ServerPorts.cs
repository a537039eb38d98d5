using System.Collections;

namespace Vittne.Flows.Table;

/// <summary>Ports that servers listen on: who is the originator of a flow whose start was not captured.</summary>
internal static class ServerPorts
{
    private static readonly BitArray Known = Build();

    /// <summary>True for a well-known server port.</summary>
    public static bool IsKnown(ushort port) => Known[port];

    private static BitArray Build()
    {
        var known = new BitArray(65_536);
        foreach (int port in (ReadOnlySpan<int>)
        [
            20, 21, 22, 23, 25, 53, 67, 69, 80, 88, 110, 111, 123, 135, 137, 138, 139, 143, 161, 389, 443, 445, 465, 514, 587, 636, 853, 873, 993, 995,
            1433, 1521, 1723, 1883, 3128, 3306, 3389, 5060, 5353, 5355, 5432, 5900, 5938, 6379, 8080, 8443, 9200, 27017,
        ])
        {
            known[port] = true;
        }

        return known;
    }
}
