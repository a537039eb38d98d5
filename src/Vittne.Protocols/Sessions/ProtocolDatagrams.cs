using System.Buffers.Binary;
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
    private const int MaxChecks = 100;
    private const uint StunCookie = 0x2112_A442;
    private const int StunHeaderLength = 20;

    private DatagramParser? _parser;
    private int _tries;
    private int _checks;

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
                    // Connectivity checks of ICE come before DTLS on the same ports, and there may be many (RFC 5764 section 5.1.2).
                    return IsStun(datagram) ? ++_checks < MaxChecks : ++_tries < MaxTries;
                }

                counters.Recognised++;
                _parser = protocol.Create(flow, sink, options);
            }

            _parser.OnDatagram(direction, datagram, at);
            return !_parser.IsDone;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            TellException(e, direction, at);
            return false;
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(in PacketStamp at)
    {
        try
        {
            _parser?.OnEnd(at);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            TellException(e, Direction.FromOriginator, at);
        }
    }

    // RFC 8489 section 5.
    private static bool IsStun(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= StunHeaderLength && datagram[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == StunCookie;

    private void TellException(Exception e, Direction direction, in PacketStamp at)
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
    }
}
