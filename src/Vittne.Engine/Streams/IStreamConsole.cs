using Vittne.Packets;

namespace Vittne.Engine.Streams;

/// <summary>Takes streams piece by piece instead of files: what came in order, a packet's share at a time, in the order of the packets.</summary>
public interface IStreamConsole
{
    /// <summary>Takes the next bytes of a stream.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="direction">Who sent them.</param>
    /// <param name="name">The name that the file of the direction would have.</param>
    /// <param name="data">The bytes; hostile.</param>
    /// <param name="at">The packet that brought them.</param>
    void Write(FlowIdentity flow, Direction direction, string name, ReadOnlySpan<byte> data, in PacketStamp at);
}
