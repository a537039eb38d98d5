using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;

namespace Vittne.Protocols.Quic;

/// <summary>Gathers what Initial packets show of a QUIC handshake and tells it once.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where the record goes.</param>
internal sealed class QuicLog(FlowIdentity flow, IRecordSink sink) : HandshakeObserver
{
    private const int MaxVersions = 8;

    private readonly List<uint> _versions = [];
    private byte[]? _initialDestinationId;
    private byte[]? _clientSourceId;
    private byte[]? _serverSourceId;
    private byte[]? _clientHello;
    private byte[]? _serverHello;
    private byte[]? _encryptedExtensions;
    private GoogleHelloRecord? _googleHello;
    private Direction? _client;
    private bool _hasRetry;
    private bool? _isRetryGenuine;
    private bool _hasZeroRtt;
    private bool _hasKeys;
    private int _tokenLength;
    private int _initialPackets;
    private PacketStamp? _first;
    private PacketStamp? _helloAt;
    private PacketStamp _last;
    private bool _isTold;
    private bool _hasServerCertificates;
    private bool _hasClientCertificates;

    private bool IsTurned => _client == Direction.FromResponder && !flow.IsOriginatorKnown;

    /// <inheritdoc/>
    public override void OnClientHello(ReadOnlySpan<byte> message, bool isSslV2, Direction direction, in PacketStamp at)
    {
        _client = direction;
        if (_clientHello is null)
        {
            _clientHello = message.ToArray();
            _helloAt = at;
        }
    }

    /// <inheritdoc/>
    public override void OnServerHello(ReadOnlySpan<byte> message, in ServerHello hello, Direction direction, in PacketStamp at)
    {
        if (!hello.IsHelloRetryRequest)
        {
            _serverHello ??= message.ToArray();
        }
    }

    /// <inheritdoc/>
    public override void OnEncryptedExtensions(ReadOnlySpan<byte> message, in PacketStamp at)
    {
        _encryptedExtensions ??= message.ToArray();
        Tell();
    }

    /// <inheritdoc/>
    public override void OnCertificates(IReadOnlyList<byte[]> certificates, Direction direction, in PacketStamp at)
    {
        bool isClient = direction == _client;
        ref bool isToldAlready = ref isClient ? ref _hasClientCertificates : ref _hasServerCertificates;
        if (!isToldAlready)
        {
            isToldAlready = true;
            new CertificateTeller(flow, sink).Tell(
                certificates, IsTurned ? flow.Turned() : flow, direction, IsTurned ? 1 - direction : direction, isClient, at);
        }
    }

    /// <summary>A hello of Google's own handshake.</summary>
    public void OnGoogleHello(GoogleHelloRecord hello, uint version)
    {
        _googleHello ??= hello;
        _client = hello.Direction;
        _helloAt ??= hello.At;
        NoteVersion(version);
        Note(hello.At);
    }

    /// <summary>A datagram of Google's versions with their connection id, which has eight bytes or none.</summary>
    public void OnGoogleDatagram(uint version, ReadOnlySpan<byte> connectionId, Direction direction, in PacketStamp at)
    {
        _client ??= direction;
        _initialDestinationId ??= connectionId.ToArray();
        NoteVersion(version);
        Note(at);
    }

    /// <summary>A packet of a version that is not known: what all versions have in common.</summary>
    public void OnUnknownVersion(uint version, ReadOnlySpan<byte> destinationId, ReadOnlySpan<byte> sourceId, Direction direction, in PacketStamp at)
    {
        Direction client = _client ??= direction;
        if (direction == client)
        {
            _initialDestinationId ??= destinationId.ToArray();
            _clientSourceId ??= sourceId.ToArray();
        }
        else
        {
            _serverSourceId ??= sourceId.ToArray();
        }

        NoteVersion(version);
        Note(at);
    }

    /// <summary>A packet with a long header of a known version.</summary>
    public void OnPacket(in QuicPacket packet, Direction direction, in PacketStamp at)
    {
        Direction client = _client ??= direction;
        Note(at);
        NoteVersion(packet.Version.Number);
        if (direction == client)
        {
            _initialDestinationId ??= packet.DestinationId.ToArray();
            _clientSourceId ??= packet.SourceId.ToArray();
        }
        else if (packet.Type != QuicPacketType.Retry)
        {
            _serverSourceId ??= packet.SourceId.ToArray();
        }

        switch (packet.Type)
        {
            case QuicPacketType.Initial:
                _initialPackets++;
                _tokenLength = direction == client ? Math.Max(_tokenLength, packet.TokenLength) : _tokenLength;
                break;

            case QuicPacketType.ZeroRtt:
                _hasZeroRtt = true;
                break;

            case QuicPacketType.Retry when !_hasRetry:
                _hasRetry = true;
                _isRetryGenuine = RetryIntegrity.Check(packet, _initialDestinationId);
                break;
        }
    }

    /// <summary>A key opened a packet of the client.</summary>
    public void OnClientKnown(Direction direction)
    {
        _hasKeys = true;
        if (_client is { } guess && guess != direction)
        {
            // The server's packet was captured first.
            (_clientSourceId, _serverSourceId) = (_serverSourceId, _clientSourceId);
            _initialDestinationId = null;
        }

        _client = direction;
    }

    /// <summary>Tells the handshake unless it was told.</summary>
    public void Tell()
    {
        if (_isTold || _first is not { } first)
        {
            return;
        }

        _isTold = true;
        bool hasHello = _clientHello is not null || _googleHello is not null;
        bool isVersionKnown = _versions.Exists(static version => QuicVersion.TryFind(version, out _));
        PacketStamp at = _helloAt ?? _last;
        sink.Add(new QuicHandshakeRecord
        {
            Flow = IsTurned ? flow.Turned() : flow,
            At = at,
            FirstPacket = first.Number != at.Number ? first.Number : 0,
            Direction = IsTurned ? Direction.FromOriginator : _client ?? Direction.FromOriginator,
            Handshake = new QuicHandshake
            {
                Versions = _versions,
                InitialDestinationId = _initialDestinationId ?? [],
                ClientSourceId = _clientSourceId ?? [],
                ServerSourceId = _serverSourceId ?? [],
                ClientHello = _clientHello,
                ServerHello = _serverHello,
                EncryptedExtensions = _encryptedExtensions,
                GoogleHello = _googleHello,
                HasRetry = _hasRetry,
                IsRetryGenuine = _isRetryGenuine,
                HasZeroRtt = _hasZeroRtt,
                TokenLength = _tokenLength,
                InitialPackets = _initialPackets,
                Failed = hasHello ? "" : !isVersionKnown ? "version" : _hasKeys ? "incomplete" : "decrypt",
            },
        });
    }

    private void NoteVersion(uint version)
    {
        if (_versions.Count < MaxVersions && !_versions.Contains(version))
        {
            _versions.Add(version);
        }
    }

    private void Note(in PacketStamp at)
    {
        _first ??= at;
        _last = at;
    }
}
