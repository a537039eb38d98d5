using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.CommandLines;

namespace Vittne.Protocols.Irc;

/// <summary>IRC (RFC 1459, 2812): the messages of both sides.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class IrcParser(FlowIdentity flow, IRecordSink sink) : LineParser(flow, sink)
{
    /// <summary>Whether a direction begins with a message of IRC, whatever the port.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort) =>
        IrcRecognition.Recognizes(data, sourcePort, destinationPort);

    /// <inheritdoc/>
    protected override void OnLine(Direction direction, ReadOnlySpan<byte> line, in PacketStamp at)
    {
        if (line.IsEmpty)
        {
            return;
        }

        if (!IrcMessage.TryParse(line, out IrcMessage message) || (IsUncertain(direction) && !IrcRecognition.IsKnown(message)))
        {
            Stray(direction, at);
            return;
        }

        if (IrcRecognition.IsKnown(message))
        {
            Confirm(direction);
        }

        Sink.Add(new IrcRecord { Flow = Flow, At = at, Direction = direction, Message = line.ToArray() });

        // RPL_STARTTLS: the server agrees to TLS.
        if (message.CommandBytes.SequenceEqual("670"u8))
        {
            HandOver(at);
        }
    }
}
