using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>
/// Reads what TLS shows in the clear: the hellos of both sides and, up to TLS 1.2, their certificates (RFC 8446, 5246, 4346, 2246, 6101;
/// ClientHello in SSLv2 framing). It ends as soon as nothing in the clear can follow, so that bulk data is not delivered.
/// </summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
public sealed class TlsParser(FlowIdentity flow, IRecordSink sink) : StreamParser(flow, sink)
{
    // After a gap, or after the plain text before STARTTLS, a record begins at one of the next segments, or the handshake is over.
    private const int MaxPassedSegments = 16;
    private const int SslV2Prefix = 2;
    private const byte SslV2ServerHello = 4;

    private readonly HandshakeRecords _records = new(flow, sink, TlsCarrier.Tls);
    private readonly TlsDirection[] _directions = [new(), new()];
    private bool _hasSslV2Hello;

    /// <summary>Whether bytes are the beginning of a direction of TLS. Strict; usable in the middle of a stream.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data) => TlsRecognition.Recognise(data);

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => _directions[(int)direction].IsDone;

    /// <inheritdoc/>
    public override int Needed(Direction direction) => _directions[(int)direction].Needed;

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        TlsDirection side = _directions[(int)direction];
        if (side.IsDone)
        {
            return data.Length;
        }

        if (side.IsLost && !TryFindRecord(side, direction, data, at))
        {
            return data.Length;
        }

        int consumed = 0;
        side.Needed = 1;
        if (!side.HasStarted && data[0] >= 0x80)
        {
            consumed = TakeSslV2(side, direction, data, at);
            if (consumed == 0)
            {
                return 0;
            }
        }

        while (!side.IsDone)
        {
            ReadOnlySpan<byte> rest = data[consumed..];
            if (!side.HasStarted && !rest.IsEmpty && !RecordType.IsKnown(rest[0]))
            {
                // The answer to STARTTLS, or an error page of a server that wanted no TLS: a record may begin a later segment.
                side.IsLost = true;
                side.Passed = 1;
                break;
            }

            if (!RecordHeader.TryRead(rest, out RecordHeader header))
            {
                side.Needed = RecordHeader.Length;
                return consumed;
            }

            if (!header.IsRecord || !header.HasLegalLength)
            {
                Refuse(side, direction, header, at);
                break;
            }

            int total = RecordHeader.Length + header.BodyLength;
            if (total > rest.Length)
            {
                side.Needed = total;
                return consumed;
            }

            side.HasStarted = true;
            consumed += total;
            TakeRecord(side, direction, header.Type, rest[RecordHeader.Length..total], at);
        }

        return data.Length;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        TlsDirection side = _directions[(int)direction];
        side.Handshake.Reset();
        side.Needed = 1;
        side.HasStarted = true;
        side.IsLost = !side.IsDone;
        side.Passed = 0;
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        TlsDirection side = _directions[(int)direction];
        if (side is { IsLost: true, Passed: > 0, IsDone: false })
        {
            GiveUp(side, direction, at);
        }

        side.IsDone = true;
    }

    private bool TryFindRecord(TlsDirection side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (TlsRecognition.Recognise(data) == Recognition.Yes)
        {
            side.IsLost = false;
            return true;
        }

        if (++side.Passed > MaxPassedSegments)
        {
            GiveUp(side, direction, at);
        }

        return false;
    }

    private void GiveUp(TlsDirection side, Direction direction, in PacketStamp at)
    {
        side.IsDone = true;
        _records.TellAnomaly(AnomalyKind.TlsRecord, side.HasStarted ? "no record was found again after a gap" : "no record at all", direction, at);
    }

    private int TakeSslV2(TlsDirection side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (data.Length < SslV2Prefix + SslV2ClientHello.FixedLength)
        {
            side.Needed = SslV2Prefix + SslV2ClientHello.FixedLength;
            return 0;
        }

        int total = SslV2Prefix + (BinaryPrimitives.ReadUInt16BigEndian(data) & 0x7FFF);
        if (!SslV2ClientHello.IsPlausible(data[SslV2Prefix..], total - SslV2Prefix))
        {
            // A server that speaks SSLv2 only: no other message of that protocol is read.
            side.IsDone = true;
            if (!_hasSslV2Hello || data[SslV2Prefix] != SslV2ServerHello)
            {
                _records.TellAnomaly(AnomalyKind.TlsRecord, "neither a record nor an SSLv2 hello", direction, at);
            }

            return data.Length;
        }

        if (data.Length < total)
        {
            side.Needed = total;
            return 0;
        }

        side.HasStarted = true;
        _hasSslV2Hello = true;
        _records.TellSslV2ClientHello(data[SslV2Prefix..total], direction, at);
        return total;
    }

    private void Refuse(TlsDirection side, Direction direction, in RecordHeader header, in PacketStamp at)
    {
        side.IsDone = true;
        if (header.IsRecord)
        {
            _records.TellAnomaly(AnomalyKind.TlsLength, $"record of {header.BodyLength} bytes", direction, at);
        }
        else if (!_hasSslV2Hello)
        {
            _records.TellAnomaly(AnomalyKind.TlsRecord, $"content type {header.Type} is none", direction, at);
        }
    }

    private void TakeRecord(TlsDirection side, Direction direction, byte type, ReadOnlySpan<byte> body, in PacketStamp at)
    {
        if (side.AwaitsSecondHello && (type != RecordType.Handshake || !IsWholeClientHello(body)))
        {
            side.IsDone = true;
            return;
        }

        side.AwaitsSecondHello = false;
        switch (type)
        {
            case RecordType.Handshake:
                TakeHandshake(side, direction, body, at);
                break;

            case RecordType.ChangeCipherSpec:
                // Behind a HelloRetryRequest it is an empty gesture (RFC 8446 appendix D.4): the second hellos are still in the clear.
                // A capture of one side does not show that request.
                side.AwaitsSecondHello = !_records.IsRetrying && !_records.HasServerHello;
                side.IsDone = !_records.IsRetrying && !side.AwaitsSecondHello;
                break;

            case RecordType.ApplicationData:
                // Early data may lie between the two ClientHellos.
                side.IsDone = !_records.IsRetrying;
                break;
        }
    }

    private static bool IsWholeClientHello(ReadOnlySpan<byte> body) =>
        ClientHello.TryParse(body, out ClientHello hello) && hello.LegacyVersion >> 8 == 3 && body.Length == HelloReader.HeaderLength + HelloReader.UInt24(body[1..]);

    private void TakeHandshake(TlsDirection side, Direction direction, ReadOnlySpan<byte> body, in PacketStamp at)
    {
        while (side.Handshake.TryTake(ref body, out ReadOnlySpan<byte> message))
        {
            _records.Tell(message, direction, at);
            if (_records is { HasServerHello: true, IsVersion13: true })
            {
                side.IsDone = true;
                // What the client sent before was read, unless the capture shows the answer before the question.
                _directions[1 - (int)direction].IsDone |= _records.HasClientHello;
                return;
            }
        }

        if (side.Handshake.HasOverlongMessage && !side.HasToldLength)
        {
            side.HasToldLength = true;
            _records.TellAnomaly(AnomalyKind.TlsLength, "handshake message above 256 KiB", direction, at);
        }
    }
}
