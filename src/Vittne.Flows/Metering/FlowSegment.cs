using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>One payload of a flow.</summary>
/// <param name="payload">The bytes, as far as they were captured.</param>
/// <param name="packet">The packet that holds it.</param>
/// <param name="direction">Who sent it.</param>
public readonly ref struct FlowSegment(ReadOnlySpan<byte> payload, ref readonly DecodedPacket packet, Direction direction)
{
    private readonly ref readonly DecodedPacket _packet = ref packet;

    /// <summary>The bytes, as far as they were captured.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Who sent it.</summary>
    public Direction Direction { get; } = direction;

    /// <summary>Address of who sent it.</summary>
    public IpAddress Source => _packet.Source;

    /// <summary>IP protocol number.</summary>
    public byte Protocol => _packet.Protocol;

    /// <summary>Port of who sent it.</summary>
    public ushort SourcePort => _packet.SourcePort;

    /// <summary>Port of who gets it.</summary>
    public ushort DestinationPort => _packet.DestinationPort;

    /// <summary>TCP sequence number of its first byte.</summary>
    public uint Sequence => (_packet.TcpFlags & TcpFlag.Syn) != 0 ? _packet.SequenceNumber + 1 : _packet.SequenceNumber;

    /// <summary>Bytes that the headers announce.</summary>
    public int WireLength => _packet.PayloadWireLength;
}
