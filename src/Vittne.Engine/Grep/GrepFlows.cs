using Vittne.Packets;

namespace Vittne.Engine.Grep;

/// <summary>The flows that had a match.</summary>
internal sealed class GrepFlows
{
    /// <summary>Flows remembered; with more all are forgotten, and a match may be told again.</summary>
    private const int MaxFlows = 1 << 20;

    private readonly HashSet<(IpAddress, IpAddress, uint Ports, byte Protocol)> _seen = [];

    /// <summary>True when flows were forgotten.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>True for the first hit of a flow, in either direction.</summary>
    public bool IsFirst(in GrepHit hit)
    {
        if (_seen.Count >= MaxFlows)
        {
            _seen.Clear();
            HasForgotten = true;
        }

        int order = hit.Source.CompareTo(hit.Destination);
        bool isForward = order != 0 ? order < 0 : hit.SourcePort <= hit.DestinationPort;
        return _seen.Add(isForward
            ? (hit.Source, hit.Destination, ((uint)hit.SourcePort << 16) | hit.DestinationPort, hit.Protocol)
            : (hit.Destination, hit.Source, ((uint)hit.DestinationPort << 16) | hit.SourcePort, hit.Protocol));
    }
}
