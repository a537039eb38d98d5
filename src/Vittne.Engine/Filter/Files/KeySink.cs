using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;
using Vittne.Packets;
using Vittne.Packets.Layout;

namespace Vittne.Engine.Filter.Files;

/// <summary>
/// Packets go into a file for each flow or each pair of hosts. However many there are, few are open: each file waits in memory and is
/// appended to when there is too much of that.
/// </summary>
/// <param name="path">The name that the others are made of.</param>
/// <param name="byFlow">Whether ports and protocol count, else the hosts alone.</param>
/// <param name="create">Makes a writer onto a stream, with a name.</param>
internal sealed class KeySink(string path, bool byFlow, Func<Stream, string, CaptureWriter> create) : IPacketSink
{
    /// <summary>Bytes that wait for their files.</summary>
    private const long MaxWaiting = 64 << 20;

    /// <summary>Files that are made; packets of further keys share one more.</summary>
    private const int MaxFiles = 65_536;

    private static readonly Key Rest = new(default, default, 0, 0, byte.MaxValue, ulong.MaxValue);

    private readonly record struct Key(IpAddress Low, IpAddress High, ushort LowPort, ushort HighPort, byte Protocol, ulong Tunnel);

    private readonly PacketLayout _layout = new();
    private readonly Dictionary<Key, CaptureWriter> _writers = [];
    private long _waiting;

    public bool IsOver => false;

    public void Write(in OutputPacket packet)
    {
        _layout.Read(packet.Data, packet.LinkType, packet.OriginalLength);
        Key key = KeyOf(_layout.Packet);
        if (_writers.Count >= MaxFiles && !_writers.ContainsKey(key))
        {
            key = Rest;
        }

        if (!_writers.TryGetValue(key, out CaptureWriter? writer))
        {
            string name = NameOf(key, _writers.Count);
            writer = create(new AppendingStream(name), name);
            _writers.Add(key, writer);
        }

        writer.Write(packet);
        _waiting += packet.Data.Length + 64;
        if (_waiting > MaxWaiting)
        {
            _waiting = 0;
            foreach (CaptureWriter waiting in _writers.Values)
            {
                waiting.Empty();
            }
        }
    }

    public PcapWriter? TakesRecordsOf(CaptureReader reader) => null;

    public void WriteBlock(CaptureSection section, in CaptureBlock block)
    {
    }

    public void FlushThrough()
    {
        foreach (CaptureWriter writer in _writers.Values)
        {
            writer.FlushThrough();
        }
    }

    public void Complete()
    {
        foreach (CaptureWriter writer in _writers.Values)
        {
            writer.Complete();
        }
    }

    public void Rescue()
    {
        foreach (CaptureWriter writer in _writers.Values)
        {
            writer.Rescue();
        }
    }

    public void Dispose()
    {
        foreach (CaptureWriter writer in _writers.Values)
        {
            writer.Dispose();
        }
    }

    private Key KeyOf(in DecodedPacket packet)
    {
        if ((packet.Flags & DecodedFlags.HasIp) == 0)
        {
            return default;
        }

        bool hasPorts = byFlow && (packet.Flags & DecodedFlags.HasPorts) != 0;
        ushort source = hasPorts ? packet.SourcePort : (ushort)0, destination = hasPorts ? packet.DestinationPort : (ushort)0;
        byte protocol = byFlow ? packet.Protocol : (byte)0;
        ulong tunnel = byFlow ? packet.TunnelKey : 0;
        int order = packet.Source.CompareTo(packet.Destination);
        return order < 0 || (order == 0 && source <= destination)
            ? new Key(packet.Source, packet.Destination, source, destination, protocol, tunnel)
            : new Key(packet.Destination, packet.Source, destination, source, protocol, tunnel);
    }

    /// <summary>The number keeps names apart where only a tunnel does.</summary>
    private string NameOf(in Key key, int number)
    {
        string ending = NumberedSplit.Ending(path);
        string prefix = path[..^ending.Length];
        if (key == default || key == Rest)
        {
            return $"{prefix}_{number:D5}_{(key == Rest ? "rest" : "other")}{ending}";
        }

        string low = Text(key.Low), high = Text(key.High);
        return !byFlow ? $"{prefix}_{number:D5}_{low}_{high}{ending}"
            : key.LowPort == 0 && key.HighPort == 0 ? $"{prefix}_{number:D5}_{low}_{high}_{key.Protocol}{ending}"
            : $"{prefix}_{number:D5}_{low}_{key.LowPort}_{high}_{key.HighPort}_{key.Protocol}{ending}";
    }

    private static string Text(in IpAddress address) => address.ToString().Replace(':', '.');
}
