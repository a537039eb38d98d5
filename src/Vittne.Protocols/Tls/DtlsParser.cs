using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>
/// Reads what DTLS shows in the clear (RFC 6347, RFC 9147): hellos with and without cookie, and certificates up to DTLS 1.2; fragments by
/// message_seq in any order, each message told once however often it is sent.
/// </summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
public sealed class DtlsParser(FlowIdentity flow, IRecordSink sink) : DatagramParser(flow, sink)
{
    // A handshake with its retransmissions takes fewer datagrams; what runs on without an end is something else.
    private const int MaxDatagrams = 256;

    private readonly HandshakeRecords _records = new(flow, sink, TlsCarrier.Dtls);
    private readonly DtlsDirection[] _directions = [new(), new()];
    private int _datagrams;
    private bool _hasToldLength;

    /// <inheritdoc/>
    public override bool IsDone => _datagrams >= MaxDatagrams || (_directions[0].IsDone && _directions[1].IsDone);

    /// <summary>Whether a datagram is made of DTLS records. Strict: it consists of whole records, the handshake ones of whole fragments.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram)
    {
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
        DtlsDirection side = _directions[(int)direction];
        while (!side.IsDone && DtlsRecord.TryTake(ref datagram, out DtlsRecord record))
        {
            if (record.Epoch > 0)
            {
                side.IsDone = true;
            }
            else if (record.Type == RecordType.Handshake)
            {
                TakeHandshake(side, direction, record.Body, at);
            }
        }

        // The header of encrypted records of DTLS 1.3 begins with the bits 001 (RFC 9147 section 4).
        if (!datagram.IsEmpty && datagram[0] >> 5 == 1 && _records.IsVersion13)
        {
            side.IsDone = true;
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
            if (!HandshakeType.IsWanted(fragment.Type) || fragment.Type == HandshakeType.HelloRetryRequest)
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
}
