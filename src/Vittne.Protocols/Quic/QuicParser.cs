using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Quic;

/// <summary>
/// Reads the hellos of QUIC connections out of their Initial packets (RFC 9000, 9001, 9369, drafts 22 to 34, and Google's versions), and with
/// recorded secrets the rest of the handshake. Who is the client is seen by whose packets open with the client's keys.
/// </summary>
public sealed class QuicParser : DatagramParser
{
    // The server's Initial may be captured before the client's.
    private const int MaxWaiting = 4;
    private const int MaxWaitingLength = 4_096;

    // Initial packets that no key opens, until the flow is given up: each costs a key derivation.
    private const int MaxFailures = 10;

    // First hello, Retry, another version: honest connections need three sets of keys at most.
    private const int MaxKeys = 4;
    private const int MaxDatagrams = 64;
    private const int MaxDatagramsAfterHello = 24;

    private readonly HandshakeRecords _records;
    private readonly QuicLog? _log;
    private readonly HandshakePackets? _handshake;
    private readonly CryptoStream[] _streams = [new(), new()];
    private readonly List<InitialKeys> _keys = [];
    private readonly List<(Direction Direction, byte[] Packet)> _waiting = [];
    private Direction _client;
    private int _datagrams;
    private int _afterHello;
    private int _failures;
    private bool _isDone;

    /// <summary>Makes the parser of a flow.</summary>
    /// <param name="flow">The flow, for the records.</param>
    /// <param name="sink">Where records go.</param>
    /// <param name="options">What is told; null for single messages only.</param>
    public QuicParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null)
        : base(flow, sink)
    {
        _log = options is { EmitsTransactions: true } ? new QuicLog(flow, sink) : null;
        _records = new HandshakeRecords(flow, sink, TlsCarrier.Quic, _log);
        _handshake = options?.Secrets is { Sessions: > 0 } secrets ? new HandshakePackets(secrets, _records) : null;
    }

    /// <inheritdoc/>
    public override bool IsDone => _isDone;

    /// <summary>
    /// Whether a datagram has a long header of a known version with sane connection ids, or that of old Google QUIC; on the well-known port
    /// also the first datagram of a version that is not known.
    /// </summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram, ushort destinationPort = 0) =>
        QuicRecognition.Recognises(datagram) || QuicRecognition.RecognisesUnknownVersion(datagram, destinationPort);

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        if (_isDone)
        {
            return;
        }

        if (QuicRecognition.TryReadGoogleVersion(datagram, out uint version))
        {
            _log?.OnGoogleDatagram(version, QuicRecognition.GoogleConnectionId(datagram), direction, at);
            TakeGoogleHello(version, direction, datagram, at);
        }
        else
        {
            if (_log is not null && QuicRecognition.TryReadLongHeader(datagram, out version, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> source)
                && version != 0 && !QuicVersion.TryFind(version, out _))
            {
                _log.OnUnknownVersion(version, id, source, direction, at);
            }

            while (QuicPacket.TryTake(ref datagram, out QuicPacket packet))
            {
                _log?.OnPacket(packet, direction, at);
                if (packet.Type == QuicPacketType.Initial)
                {
                    TakeInitial(direction, packet, at);
                }
                else if (packet.Type == QuicPacketType.Handshake)
                {
                    _handshake?.Take(direction, packet, at);
                }
            }
        }

        Bound(direction, at);
    }

    private void TakeInitial(Direction direction, in QuicPacket packet, in PacketStamp at)
    {
        byte[]? frames = _keys.Count > 0 && direction != _client ? OpenFromServer(packet) : OpenFromClient(direction, packet, at);
        if (frames is null)
        {
            _failures++;
            if (_keys.Count == 0 && _waiting.Count < MaxWaiting && packet.Bytes.Length <= MaxWaitingLength)
            {
                _waiting.Add((direction, packet.Bytes.ToArray()));
            }

            return;
        }

        if (packet.Version.HasGoogleHandshake)
        {
            TakeGoogleHello(packet.Version.Number, direction, frames, at);
            return;
        }

        CryptoStream stream = _streams[(int)direction];
        QuicFrames.Gather(frames, packet.Version.CryptoFrameType, stream);
        while (stream.TryTake(out ReadOnlySpan<byte> message))
        {
            _records.Tell(message, direction, at);
            _handshake?.OnMessage(message, direction, packet.Version, at);
        }

        OpenWaiting(at);
    }

    private void OpenWaiting(in PacketStamp at)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        (Direction Direction, byte[] Packet)[] waiting = [.. _waiting];
        _waiting.Clear();
        _failures -= waiting.Length;
        foreach ((Direction direction, byte[] bytes) in waiting)
        {
            ReadOnlySpan<byte> rest = bytes;
            if (QuicPacket.TryTake(ref rest, out QuicPacket packet))
            {
                TakeInitial(direction, packet, at);
            }
        }
    }

    private byte[]? OpenFromClient(Direction direction, in QuicPacket packet, in PacketStamp at)
    {
        foreach (InitialKeys keys in _keys)
        {
            if (keys.VersionNumber == packet.Version.Number && keys.Client.Open(packet.Bytes, packet.NumberOffset) is { } known)
            {
                return known;
            }
        }

        // The first packet, or the first after a Retry, has keys of its own; after a change of version the id stays (RFC 9369 section 4.1).
        if (_keys.Count >= MaxKeys)
        {
            return null;
        }

        var fresh = new InitialKeys(packet.Version, packet.DestinationId);
        byte[]? frames = fresh.Client.Open(packet.Bytes, packet.NumberOffset);
        if (frames is null && _keys.Count > 0 && _keys[0].VersionNumber != packet.Version.Number)
        {
            fresh = new InitialKeys(packet.Version, _keys[^1].ConnectionId);
            frames = fresh.Client.Open(packet.Bytes, packet.NumberOffset);
        }

        if (frames is null && _keys.Count == 0 && fresh.Client.Open(packet.Bytes, packet.NumberOffset, ignoresTag: true) is { } forged
            && QuicFrames.BeginsClientHello(forged, packet.Version.CryptoFrameType))
        {
            // No server answers it, but whoever sent it meant the name inside: it is told, with the anomaly.
            Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = AnomalyKind.QuicDecrypt, Detail = "wrong tag" });
            frames = forged;
        }

        if (frames is not null)
        {
            _keys.Add(fresh);
            _client = direction;
            _log?.OnClientKnown(direction);
        }

        return frames;
    }

    private byte[]? OpenFromServer(in QuicPacket packet)
    {
        for (int i = _keys.Count - 1; i >= 0; i--)
        {
            if (_keys[i].VersionNumber == packet.Version.Number && _keys[i].Server.Open(packet.Bytes, packet.NumberOffset) is { } known)
            {
                return known;
            }
        }

        if (_keys.Count >= MaxKeys || _keys[^1].VersionNumber == packet.Version.Number)
        {
            return null;
        }

        var fresh = new InitialKeys(packet.Version, _keys[^1].ConnectionId);
        byte[]? frames = fresh.Server.Open(packet.Bytes, packet.NumberOffset);
        if (frames is not null)
        {
            _keys.Add(fresh);
        }

        return frames;
    }

    private void TakeGoogleHello(uint version, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (!GoogleHello.TryFind(data, out GoogleHello hello))
        {
            return;
        }

        _isDone = true;
        var record = new GoogleHelloRecord
        {
            Flow = Flow,
            At = at,
            Direction = direction,
            Version = QuicVersion.NameOf(version),
            Sni = Encoding.Latin1.GetString(hello.Sni),
            UserAgent = Encoding.Latin1.GetString(hello.UserAgent),
        };
        Sink.Add(record);
        _log?.OnGoogleHello(record, version);
    }

    /// <inheritdoc/>
    public override void OnEnd(in PacketStamp at) => _log?.Tell();

    private void Bound(Direction direction, in PacketStamp at)
    {
        _datagrams++;
        _afterHello += _records.HasClientHello ? 1 : 0;
        if (_isDone || (_records.HasClientHello && ((_records.HasServerHello && _handshake is null or { IsOver: true }) || _afterHello > MaxDatagramsAfterHello)))
        {
            _isDone = true;
        }
        else if (_failures > MaxFailures || _datagrams >= MaxDatagrams)
        {
            _isDone = true;
            if (!_records.HasClientHello && (_failures > 0 || _keys.Count > 0))
            {
                string reason = _keys.Count == 0 ? "no Initial packet could be decrypted" : "the ClientHello stayed incomplete";
                _records.TellAnomaly(AnomalyKind.QuicDecrypt, reason, direction, at);
            }
        }

        if (_isDone)
        {
            _waiting.Clear();
            _log?.Tell();
        }
    }
}
