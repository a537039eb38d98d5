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
    public bool IsFirst(in GrepHit hit) => IsFirst(hit.Source, hit.Destination, hit.SourcePort, hit.DestinationPort, hit.Protocol);

    /// <summary>True the first time that a flow is named, in either direction.</summary>
    public bool IsFirst(in IpAddress source, in IpAddress destination, ushort sourcePort, ushort destinationPort, byte protocol)
    {
        if (_seen.Count >= MaxFlows)
        {
            _seen.Clear();
            HasForgotten = true;
        }

        return _seen.Add(Key(source, destination, sourcePort, destinationPort, protocol));
    }

    /// <summary>True when the flow was named before, in either direction.</summary>
    public bool Contains(in IpAddress source, in IpAddress destination, ushort sourcePort, ushort destinationPort, byte protocol) =>
        _seen.Contains(Key(source, destination, sourcePort, destinationPort, protocol));

    private static (IpAddress, IpAddress, uint, byte) Key(in IpAddress source, in IpAddress destination, ushort sourcePort, ushort destinationPort, byte protocol)
    {
        int order = source.CompareTo(destination);
        bool isForward = order != 0 ? order < 0 : sourcePort <= destinationPort;
        return isForward
            ? (source, destination, ((uint)sourcePort << 16) | destinationPort, protocol)
            : (destination, source, ((uint)destinationPort << 16) | sourcePort, protocol);
    }
}
