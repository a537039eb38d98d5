using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>
/// Reads what DTLS shows in the clear (RFC 6347, RFC 9147): hellos with and without cookie, and certificates up to DTLS 1.2; fragments by
/// message_seq in any order, each message told once however often it is sent.
/// </summary>
public sealed class DtlsParser : DatagramParser
{
    // A handshake with its retransmissions takes fewer datagrams; what runs on without an end is something else.
    private const int MaxDatagrams = 256;

    // Messages of one handshake whose arrival is noted; more are noted no more.
    private const int MaxNoted = 64;

    private readonly HandshakeRecords _records;
    private readonly HandshakeLog? _log;
    private readonly DtlsDirection[] _directions = [new(), new()];
    private readonly HashSet<(Direction Direction, byte Type, ushort Sequence)> _noted = [];
    private int _datagrams;
    private bool _hasToldLength;

    /// <summary>Makes the parser of a flow.</summary>
    /// <param name="flow">The flow, for the records.</param>
    /// <param name="sink">Where records go.</param>
    /// <param name="options">What is told; null for single messages only.</param>
    public DtlsParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null)
        : base(flow, sink)
    {
        _log = options is { EmitsTransactions: true } ? new HandshakeLog(flow, sink, TlsCarrier.Dtls) : null;
        _records = new HandshakeRecords(flow, sink, TlsCarrier.Dtls, _log);
    }

    private static ReadOnlySpan<byte> CapwapHeader => [1, 0, 0, 0];

    /// <inheritdoc/>
    public override bool IsDone => _datagrams >= MaxDatagrams || (_log is null ? _directions[0].IsDone && _directions[1].IsDone : _log.IsTold);

    /// <summary>Whether a datagram is made of DTLS records. Strict: it consists of whole records, the handshake ones of whole fragments.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram)
    {
        datagram = WithoutCapwap(datagram);
        if (datagram.IsEmpty)
        {
            return false;
        }

        while (!datagram.IsEmpty)
        {
            if (!DtlsRecord.TryTake(ref datagram, out DtlsRecord record))
            {
                return false;
            }

            if (record is { Type: RecordType.Handshake, Epoch: 0 } && !HasFragments(record.Body))
            {
                return false;
            }

            if (record is { Type: RecordType.ApplicationData, Epoch: 0 } or { Type: RecordType.ChangeCipherSpec, Body.Length: > 3 })
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        _datagrams++;
        datagram = WithoutCapwap(datagram);
        DtlsDirection side = _directions[(int)direction];
        while ((!side.IsDone || _log is not null) && DtlsRecord.TryTake(ref datagram, out DtlsRecord record))
        {
            if (_log is not null)
            {
                Log(_log, record, direction, at);
            }

            if (record.Epoch > 0)
            {
                side.IsDone = true;
            }
            else if (record.Type == RecordType.Handshake && !side.IsDone)
            {
                TakeHandshake(side, direction, record.Body, at);
            }
        }

        // The header of encrypted records of DTLS 1.3 begins with the bits 001 (RFC 9147 section 4).
        if (!datagram.IsEmpty && datagram[0] >> 5 == 1 && _records.IsVersion13)
        {
            side.IsDone = true;
            _log?.OnApplicationData(direction, at);
        }

        if (_datagrams >= MaxDatagrams)
        {
            _log?.OnEnd(direction);
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(in PacketStamp at) => _log?.OnEnd(Direction.FromOriginator);

    // CAPWAP puts a header of four bytes before the records of its control channel (RFC 5415 section 4.2): version 0, payload type 1.
    private static ReadOnlySpan<byte> WithoutCapwap(ReadOnlySpan<byte> datagram) => datagram.StartsWith(CapwapHeader) ? datagram[CapwapHeader.Length..] : datagram;

    private static void Log(HandshakeLog log, in DtlsRecord record, Direction direction, in PacketStamp at)
    {
        log.OnRecordVersion(record.Version);
        log.OnEpoch(record.Epoch);
        switch (record.Type)
        {
            case RecordType.ChangeCipherSpec:
                log.OnChangeCipherSpec(direction, at);
                break;

            case RecordType.Alert:
                log.OnAlert(record.Epoch == 0 ? record.Body : default, direction, at);
                break;

            case RecordType.ApplicationData:
                log.OnApplicationData(direction, at);
                break;
        }
    }

    private static bool HasFragments(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            if (!DtlsFragment.TryTake(ref body, out DtlsFragment fragment) || !HandshakeType.IsKnown(fragment.Type))
            {
                return false;
            }
        }

        return true;
    }

    private void TakeHandshake(DtlsDirection side, Direction direction, ReadOnlySpan<byte> body, in PacketStamp at)
    {
        while (DtlsFragment.TryTake(ref body, out DtlsFragment fragment))
        {
            if (_log is not null)
            {
                Note(_log, fragment, direction);
            }

            bool isWanted = HandshakeType.IsWanted(fragment.Type) || (_log is not null && fragment.Type == HandshakeType.ServerKeyExchange);
            if (!isWanted || fragment.Type == HandshakeType.HelloRetryRequest)
            {
                continue;
            }

            if (side.TryComplete(fragment, out DtlsMessage? message))
            {
                _records.Tell(message!.Bytes, direction, at);
                if (_records is { HasServerHello: true, IsVersion13: true })
                {
                    side.IsDone = true;
                    _directions[1 - (int)direction].IsDone |= _records.HasClientHello;
                    return;
                }
            }
            else if (side.HasOverlongMessage && !_hasToldLength)
            {
                _hasToldLength = true;
                _records.TellAnomaly(AnomalyKind.TlsLength, "handshake message above 64 KiB", direction, at);
            }
        }
    }

    // A retransmitted message is noted once.
    private void Note(HandshakeLog log, in DtlsFragment fragment, Direction direction)
    {
        if (_noted.Count < MaxNoted && _noted.Add((direction, fragment.Type, fragment.Sequence)))
        {
            log.OnMessage(fragment.Type, direction);
        }
    }
}
