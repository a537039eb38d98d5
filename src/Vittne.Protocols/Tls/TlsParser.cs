using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls.Decryption;

namespace Vittne.Protocols.Tls;

/// <summary>
/// Reads what TLS shows in the clear: the hellos of both sides and, up to TLS 1.2, their certificates (RFC 8446, 5246, 4346, 2246, 6101;
/// ClientHello in SSLv2 framing). It ends as soon as nothing in the clear can follow, so that bulk data is not delivered. When the handshake
/// is told as a whole it follows the records until that is known to have ended. With recorded secrets it reads what is encrypted too.
/// </summary>
public sealed partial class TlsParser : StreamParser
{
    /// <summary>Name of the protocol: what the content of its stream has around it.</summary>
    internal const string Name = "tls";

    // After a gap, or after the plain text before STARTTLS, a record begins at one of the next segments, or the handshake is over.
    private const int MaxPassedSegments = 16;
    private const int SslV2Prefix = 2;

    private readonly HandshakeRecords _records;
    private readonly HandshakeLog? _log;
    private readonly TlsDirection[] _directions;
    private readonly HandshakeSecrets? _secrets;
    private TlsTunnel? _tunnel;
    private bool _hasSslV2Hello;

    /// <summary>Makes the parser of a flow.</summary>
    /// <param name="flow">The flow, for the records.</param>
    /// <param name="sink">Where records go.</param>
    /// <param name="options">What is told; null for single messages only.</param>
    public TlsParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null)
        : base(flow, sink)
    {
        if (options is { EmitsTransactions: true })
        {
            HandshakeLog log = _log = new HandshakeLog(flow, sink, TlsCarrier.Tls);
            _directions =
            [
                new(type => log.OnMessage(type, Direction.FromOriginator)),
                new(type => log.OnMessage(type, Direction.FromResponder)),
            ];
        }
        else
        {
            _directions = [new(), new()];
        }

        _records = new HandshakeRecords(flow, sink, TlsCarrier.Tls, _log);
        _secrets = options?.Secrets is { Sessions: > 0 } secrets ? new HandshakeSecrets(secrets) : null;
    }

    /// <summary>Whether bytes are the beginning of a direction of TLS. Strict; usable in the middle of a stream.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data) => TlsRecognition.Recognise(data);

    /// <inheritdoc/>
    public override bool IsDone(Direction direction)
    {
        TlsDirection side = _directions[(int)direction];
        return (_log is null ? side.IsDone : _log.IsTold || side.IsOver) && (side.IsOver || _tunnel is null || _tunnel.IsOver(direction));
    }

    /// <inheritdoc/>
    public override int Needed(Direction direction) => _directions[(int)direction].Needed;

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        TlsDirection side = _directions[(int)direction];
        _log?.StartTls = OuterProtocol;
        if (side.IsDone)
        {
            return Follow(side, direction, data, at);
        }

        int consumed = Read(side, direction, data, at);
        return side.IsDone && consumed < data.Length ? consumed + Follow(side, direction, data[consumed..], at) : consumed;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        TlsDirection side = _directions[(int)direction];
        side.Handshake.Reset();
        side.Needed = 1;
        side.HasStarted = true;
        side.IsLost = !side.IsDone || _log is not null;
        side.Passed = 0;
        _tunnel?.OnGap(direction, length, at);
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
        Close(side, direction);
        _tunnel?.OnEnd(direction, at);
    }

    /// <summary>Reads the records in the clear.</summary>
    /// <returns>Bytes consumed; all of them when the direction is not followed for the log.</returns>
    private int Read(TlsDirection side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
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
                return data.Length;
            }

            if (!RecordHeader.TryRead(rest, out RecordHeader header))
            {
                side.Needed = RecordHeader.Length;
                return consumed;
            }

            if (!header.IsRecord || !header.HasLegalLength)
            {
                Refuse(side, direction, header, at);
                return data.Length;
            }

            int total = RecordHeader.Length + header.BodyLength;
            if (total > rest.Length)
            {
                side.Needed = total;
                return consumed;
            }

            if (!side.HasStarted)
            {
                _log?.OnRecordVersion(header.Version);
            }

            side.HasStarted = true;
            consumed += total;
            TakeRecord(side, direction, header.Type, rest[RecordHeader.Length..total], at);
        }

        return consumed;
    }

    private void Close(TlsDirection side, Direction direction)
    {
        side.IsOver = true;
        if (_directions[1 - (int)direction].IsOver)
        {
            _log?.OnEnd(direction);
        }
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
        Close(side, direction);
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
        ReadOnlySpan<byte> message = data[SslV2Prefix..];
        bool isServerHello = _hasSslV2Hello && message[0] == SslV2ServerHello.MessageType;
        if (isServerHello && message.Length < SslV2ServerHello.FixedLength)
        {
            side.Needed = SslV2Prefix + SslV2ServerHello.FixedLength;
            return 0;
        }

        isServerHello = isServerHello && SslV2ServerHello.IsPlausible(message, total - SslV2Prefix);
        if (!isServerHello && !SslV2ClientHello.IsPlausible(message, total - SslV2Prefix))
        {
            side.IsDone = true;
            Close(side, direction);
            _records.TellAnomaly(AnomalyKind.TlsRecord, "neither a record nor an SSLv2 hello", direction, at);
            return data.Length;
        }

        if (data.Length < total)
        {
            side.Needed = total;
            return 0;
        }

        if (isServerHello)
        {
            // What follows in SSLv2 is of no interest: the master key, and ciphertext.
            side.IsDone = true;
            _log?.OnSslV2ServerHello(direction, at);
            if (SslV2ServerHello.TryParse(data[SslV2Prefix..total], out SslV2ServerHello hello))
            {
                _records.TellSslV2Certificate(hello.Certificate, direction, at);
            }

            Close(side, direction);
            return data.Length;
        }

        side.HasStarted = true;
        _hasSslV2Hello = true;
        _records.TellSslV2ClientHello(data[SslV2Prefix..total], direction, at);
        return total;
    }

    private void Refuse(TlsDirection side, Direction direction, in RecordHeader header, in PacketStamp at)
    {
        side.IsDone = true;
        Close(side, direction);
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
            if (_log is not null)
            {
                Log(_log, direction, type, body, at);
            }

            return;
        }

        side.AwaitsSecondHello = false;
        if (_log is not null)
        {
            Log(_log, direction, type, body, at);
        }

        switch (type)
        {
            case RecordType.Handshake:
                TakeHandshake(side, direction, body, at);
                break;

            case RecordType.ChangeCipherSpec:
                _tunnel?.OnChangeCipherSpec(direction);

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
            if (_secrets is not null && _secrets.OnMessage(message) && _tunnel is null)
            {
                _tunnel = new TlsTunnel(_secrets, _records, _log, 1 - direction, OpenInner);
            }

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

    private ProtocolStream? OpenInner() => Session?.OpenInner();
}
