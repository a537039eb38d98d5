using Vittne.Packets;
using Vittne.Protocols;

namespace Vittne.Engine.Info.Deep;

/// <summary>Frames and bytes of each path of layers; a frame counts at each layer of its path.</summary>
internal sealed class ProtocolTree(TcpFlows flows) : DeepAnalysis
{
    private const int MaxNodes = 4_096;

    private readonly List<Node> _nodes = [new Node("frame")];
    private readonly Dictionary<(int Parent, string Name), int> _children = [];

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        int length = packet.Reference.OriginalLength;
        int node = 0;
        _nodes[0].Count(length);
        IReadOnlyList<string> layers = packet.Facts.Layers;
        for (int i = 0; i < layers.Count && node >= 0; i++)
        {
            node = Enter(node, layers[i], length);
        }

        if (node >= 0 && ApplicationOf(packet) is { } application)
        {
            Enter(node, application, length);
        }
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        var rows = new List<object?[]>();
        ILookup<int, int> children = _children.ToLookup(static item => item.Key.Parent, static item => item.Value);
        Tell(0, "", children, rows);
        report.Table("protocols", ["path", "frames", "bytes"], rows);
    }

    private string? ApplicationOf(in DeepPacket packet)
    {
        if (packet.IsTcp)
        {
            return flows.Application;
        }

        ref readonly DecodedPacket headers = ref packet.Headers;
        if (headers.Protocol != IpProtocol.Udp || headers.PayloadLength == 0 || (headers.Flags & DecodedFlags.HasTransport) == 0)
        {
            return null;
        }

        string? name = ProtocolRegistry.RecogniseDatagram(packet.Payload, headers.SourcePort, headers.DestinationPort)?.Name;
        return name is null or "dns"
            ? NameByPort(headers.DestinationPort) ?? NameByPort(headers.SourcePort) ?? name ?? "data"
            : name;
    }

    /// <summary>Protocols without a parser here, and those that are DNS by their form, by their port.</summary>
    private static string? NameByPort(ushort port) => port switch
    {
        123 => "ntp",
        138 => "nbdgm",
        161 or 162 => "snmp",
        514 => "syslog",
        546 or 547 => "dhcpv6",
        5_353 => "mdns",
        5_355 => "llmnr",
        _ => null,
    };

    private int Enter(int parent, string name, int length)
    {
        if (!_children.TryGetValue((parent, name), out int node))
        {
            if (_nodes.Count >= MaxNodes)
            {
                return -1;
            }

            node = _nodes.Count;
            _nodes.Add(new Node(name));
            _children[(parent, name)] = node;
        }

        _nodes[node].Count(length);
        return node;
    }

    // As deep as layers go: the walk of headers bounds them.
    private void Tell(int node, string before, ILookup<int, int> children, List<object?[]> rows)
    {
        string path = before.Length == 0 ? _nodes[node].Name : $"{before}:{_nodes[node].Name}";
        rows.Add([path, _nodes[node].Frames, _nodes[node].Bytes]);
        foreach (int child in children[node].OrderByDescending(child => _nodes[child].Frames).ThenBy(child => _nodes[child].Name, StringComparer.Ordinal))
        {
            Tell(child, node == 0 ? "" : path, children, rows);
        }
    }

    /// <summary>A layer on a path.</summary>
    private sealed class Node(string name)
    {
        public string Name { get; } = name;

        public long Frames { get; private set; }

        public long Bytes { get; private set; }

        public void Count(int length)
        {
            Frames++;
            Bytes += length;
        }
    }
}
