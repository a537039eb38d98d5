using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Sessions;

/// <summary>Reads the datagrams of one UDP flow: recognises the protocol by content, with several tries, and feeds its parser.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="counters">Counts of the worker.</param>
/// <param name="options">What the verb wants told.</param>
public sealed class ProtocolDatagrams(FlowIdentity flow, IRecordSink sink, ProtocolCounters counters, ParserOptions options) : FlowSession
{
    // Junk may come first (a scan from the same port, a lost start); after so many datagrams the answer is no.
    private const int MaxTries = 5;

    private DatagramParser? _parser;
    private int _tries;

    /// <summary>Takes the next datagram.</summary>
    /// <returns>False when no later one is wanted.</returns>
    public bool OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        try
        {
            if (_parser is null)
            {
                (ushort source, ushort destination) = direction == Direction.FromOriginator
                    ? (flow.SourcePort, flow.DestinationPort)
                    : (flow.DestinationPort, flow.SourcePort);
                DatagramProtocol? protocol = ProtocolRegistry.RecogniseDatagram(datagram, source, destination);
                if (protocol is null)
                {
                    return ++_tries < MaxTries;
                }

                counters.Recognised++;
                _parser = protocol.Create(flow, sink, options);
            }

            _parser.OnDatagram(direction, datagram, at);
            return !_parser.IsDone;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            counters.ParserExceptions++;
            sink.Add(new AnomalyRecord
            {
                Flow = flow,
                At = at,
                Direction = direction,
                Kind = AnomalyKind.ParserException,
                Detail = $"{_parser?.GetType().Name}: {e.GetType().Name}",
            });
            return false;
        }
    }
}
