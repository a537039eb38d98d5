using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.X509;

namespace Vittne.Protocols.Tls;

/// <summary>
/// Gathers a handshake of TLS or DTLS and tells it once: at the first application data, when both sides changed their ciphers, at a fatal
/// alert, or at the end. Each certificate is told when it comes.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="carrier">TLS or DTLS.</param>
internal sealed class HandshakeLog(FlowIdentity flow, IRecordSink sink, TlsCarrier carrier) : HandshakeObserver
{
    private const byte FatalLevel = 2;
    private const byte NamedCurve = 3;
    private const byte NewSessionTicket = 4;
    private const byte CertificateStatus = 22;
    private const int MaxAlerts = 16;

    private readonly HandshakeHistory _history = new();
    private readonly List<TlsAlert> _alerts = [];
    private readonly List<PresentedCertificate>[] _certificates = [[], []];
    private readonly CertificateTeller _teller = new(flow, sink);
    private readonly bool[] _hasChangedCiphers = new bool[2];
    private Direction? _client;
    private byte[]? _clientHello;
    private byte[]? _secondHello;
    private byte[]? _serverHello;
    private byte[]? _retryRequest;
    private byte[]? _encryptedExtensions;
    private bool _isSslV2Hello;
    private bool _isSslV2Server;
    private bool _isVersion13;
    private bool _isFullHandshake;
    private bool _isEstablished;
    private bool _offersEarlyData;
    private bool _hasCookie;
    private ushort? _recordVersion;
    private ushort? _group;
    private int _epoch;
    private PacketStamp? _first;
    private PacketStamp _last;
    private FlowIdentity? _turned;

    /// <summary>True when the record was told: nothing more is wanted of the flow.</summary>
    public bool IsTold { get; private set; }

    /// <summary>The protocol around this one; empty for none.</summary>
    public string StartTls { get; set; } = "";

    /// <inheritdoc/>
    public override void OnClientHello(ReadOnlySpan<byte> message, bool isSslV2, Direction direction, in PacketStamp at)
    {
        if (IsTold)
        {
            return;
        }

        if (_clientHello is null)
        {
            _clientHello = message.ToArray();
            _isSslV2Hello = isSslV2;
            _client = direction;
            if (!isSslV2 && ClientHello.TryParse(message, out ClientHello hello))
            {
                _offersEarlyData = hello.Extensions.TryFind(ExtensionType.EarlyData, out _);
                _hasCookie = !hello.Cookie.IsEmpty;
            }
        }
        else if (_serverHello is null && _client == direction && Continues(message))
        {
            _secondHello ??= message.ToArray();
        }
        else
        {
            // Not asked for by the server: the first hello stays that of the flow, and this one is told for itself.
            sink.Add(Make(new TlsHandshake { ClientHello = message.ToArray(), IsSslV2Hello = isSslV2, StartTls = StartTls }, direction, at, at));
        }

        _history.Add(HandshakeHistory.LetterOf(HandshakeType.ClientHello), IsFromClient(direction));
        Note(at);
    }

    /// <inheritdoc/>
    public override void OnServerHello(ReadOnlySpan<byte> message, in ServerHello hello, Direction direction, in PacketStamp at)
    {
        _client ??= 1 - direction;
        byte type = hello.IsHelloRetryRequest ? HandshakeType.HelloRetryRequest : HandshakeType.ServerHello;
        _history.Add(HandshakeHistory.LetterOf(type), IsFromClient(direction));
        if (hello.IsHelloRetryRequest)
        {
            _retryRequest ??= message.ToArray();
        }
        else if (_serverHello is null)
        {
            _serverHello = message.ToArray();
            _isVersion13 = hello.IsVersion13;
            if (hello.Extensions.TryFind(ExtensionType.KeyShare, out ReadOnlySpan<byte> share) && share.Length >= sizeof(ushort))
            {
                _group = BinaryPrimitives.ReadUInt16BigEndian(share);
            }
        }

        Note(at);
    }

    /// <inheritdoc/>
    public override void OnCertificates(IReadOnlyList<byte[]> certificates, Direction direction, in PacketStamp at)
    {
        List<PresentedCertificate> presented = _certificates[(int)direction];
        if (IsTold || presented.Count > 0)
        {
            return;
        }

        _client ??= 1 - direction;
        Direction sender = direction;
        FlowIdentity turned = Turn(ref sender);
        presented.AddRange(_teller.Tell(certificates, turned, direction, sender, direction == _client, at));
        Note(at);
    }

    /// <inheritdoc/>
    public override void OnEncryptedExtensions(ReadOnlySpan<byte> message, in PacketStamp at)
    {
        if (!IsTold)
        {
            _encryptedExtensions ??= message.ToArray();
            Note(at);
        }
    }

    /// <inheritdoc/>
    public override void OnServerKeyExchange(ReadOnlySpan<byte> message, in PacketStamp at)
    {
        // RFC 8422 section 5.4: only suites with ECDHE begin so, but a DH prime of 768 bytes would be needed to look the same.
        if (message.Length > HelloReader.HeaderLength + 3 && message[HelloReader.HeaderLength] == NamedCurve)
        {
            _group ??= BinaryPrimitives.ReadUInt16BigEndian(message[(HelloReader.HeaderLength + 1)..]);
        }

        Note(at);
    }

    /// <summary>The server answered in SSLv2.</summary>
    public void OnSslV2ServerHello(Direction direction, in PacketStamp at)
    {
        _client ??= 1 - direction;
        _isSslV2Server = _serverHello is null;
        _history.Add(HandshakeHistory.LetterOf(HandshakeType.ServerHello), isFromClient: false);
        Note(at);
    }

    /// <summary>The header of a record in the clear.</summary>
    public void OnRecordVersion(ushort version) => _recordVersion ??= version;

    /// <summary>The header of a handshake message in the clear; hellos are noted when they are whole.</summary>
    public void OnMessage(byte type, Direction direction)
    {
        if (type is HandshakeType.ClientHello or HandshakeType.ServerHello or HandshakeType.HelloRetryRequest)
        {
            return;
        }

        bool isFromClient = IsFromClient(direction);
        _history.Add(HandshakeHistory.LetterOf(type), isFromClient);
        if (!isFromClient && _serverHello is not null && type is not (NewSessionTicket or CertificateStatus))
        {
            _isFullHandshake = true;
        }
    }

    /// <summary>The header of a handshake message of TLS 1.3 that recorded secrets opened.</summary>
    public void OnOpenedMessage(byte type, Direction direction) => _history.Add(HandshakeHistory.LetterOf(type), IsFromClient(direction));

    /// <summary>The client's last message of the handshake, opened.</summary>
    public void OnClientFinished(Direction direction, in PacketStamp at)
    {
        _isEstablished = true;
        Note(at);
        Tell(direction);
    }

    /// <summary>A change of ciphers.</summary>
    public void OnChangeCipherSpec(Direction direction, in PacketStamp at)
    {
        _history.Add(HandshakeHistory.ChangeCipherSpec, IsFromClient(direction));
        _hasChangedCiphers[(int)direction] = true;
        Note(at);
        if (_hasChangedCiphers[0] && _hasChangedCiphers[1] && _serverHello is not null && !_isVersion13)
        {
            _isEstablished = true;
            Tell(direction);
        }
    }

    /// <summary>An alert: two bytes in the clear or opened, or encrypted.</summary>
    public void OnAlert(ReadOnlySpan<byte> body, Direction direction, in PacketStamp at)
    {
        if (IsTold)
        {
            return;
        }

        _history.Add(HandshakeHistory.Alert, IsFromClient(direction));
        if (body.Length != 2)
        {
            return;
        }

        if (_alerts.Count < MaxAlerts)
        {
            _alerts.Add(new TlsAlert(body[0], body[1], IsFromClient(direction)));
        }

        Note(at);
        if (body[0] == FatalLevel)
        {
            Tell(direction);
        }
    }

    /// <summary>A heartbeat.</summary>
    public void OnHeartbeat(Direction direction) => _history.Add(HandshakeHistory.Heartbeat, IsFromClient(direction));

    /// <summary>Application data, or what looks so: in version 1.3 the rest of the handshake too.</summary>
    public void OnApplicationData(Direction direction, in PacketStamp at)
    {
        _history.Add(HandshakeHistory.ApplicationData, IsFromClient(direction));
        bool isFromClient = IsFromClient(direction);
        if (_serverHello is null && (_retryRequest is not null || (isFromClient && _offersEarlyData)))
        {
            return;
        }

        // The server's first encrypted records hold its certificate; what the client encrypts comes behind the handshake.
        if (_isVersion13 && !isFromClient && _clientHello is not null)
        {
            return;
        }

        _isEstablished = true;
        Note(at);
        Tell(direction);
    }

    /// <summary>DTLS: the header of a record.</summary>
    public void OnEpoch(int epoch) => _epoch = Math.Max(_epoch, epoch);

    /// <summary>Nothing more will come.</summary>
    public void OnEnd(Direction direction) => Tell(direction);

    private bool IsFromClient(Direction direction) => direction == (_client ?? Direction.FromOriginator);

    // A second hello repeats the random of the first one (RFC 8446 section 4.1.2, RFC 6347 section 4.2.1).
    private bool Continues(ReadOnlySpan<byte> message)
    {
        if (_isSslV2Hello || !ClientHello.TryParse(_clientHello, out ClientHello first) || !ClientHello.TryParse(message, out ClientHello second))
        {
            return false;
        }

        _hasCookie |= !second.Cookie.IsEmpty;
        return _retryRequest is not null || !second.Cookie.IsEmpty
            || (first.Random.SequenceEqual(second.Random) && !message.SequenceEqual(_clientHello));
    }

    private void Note(in PacketStamp at)
    {
        _first ??= at;
        _last = at;
    }

    private void Tell(Direction direction)
    {
        bool hasContent = _clientHello is not null || _serverHello is not null || _retryRequest is not null || _isSslV2Server
            || _certificates[0].Count > 0 || _certificates[1].Count > 0;
        if (IsTold || !hasContent)
        {
            return;
        }

        IsTold = true;
        Direction client = _client ?? Direction.FromOriginator;
        var handshake = new TlsHandshake
        {
            ClientHello = _clientHello,
            IsSslV2Hello = _isSslV2Hello,
            SecondClientHello = _secondHello,
            ServerHello = _serverHello,
            IsSslV2Server = _isSslV2Server,
            RetryRequest = _retryRequest,
            EncryptedExtensions = _encryptedExtensions,
            RecordVersion = _recordVersion,
            Group = _group,
            ServerCertificates = _certificates[1 - (int)client],
            ClientCertificates = _certificates[(int)client],
            Alerts = _alerts,
            IsEstablished = _isEstablished,
            Resumption = Resumption(client),
            StartTls = StartTls,
            History = _history.ToString(),
            HasCookie = _hasCookie,
            Epoch = _epoch,
        };
        sink.Add(Make(handshake, direction, _last, _first ?? _last));
    }

    private string Resumption(Direction client)
    {
        if (_serverHello is null || !ServerHello.TryParse(_serverHello, out ServerHello server))
        {
            return "";
        }

        if (_isVersion13)
        {
            return server.Extensions.TryFind(ExtensionType.PreSharedKey, out _) ? "psk" : "";
        }

        // A full handshake goes on with other messages; here the ciphers change at once.
        if (_isFullHandshake || !(_hasChangedCiphers[1 - (int)client] || _isEstablished)
            || _clientHello is null || !ClientHello.TryParse(_clientHello, out ClientHello hello))
        {
            return "";
        }

        bool hasTicket = hello.Extensions.TryFind(ExtensionType.SessionTicket, out ReadOnlySpan<byte> ticket) && !ticket.IsEmpty;
        return hasTicket ? "ticket" : !server.SessionId.IsEmpty && server.SessionId.SequenceEqual(hello.SessionId) ? "session_id" : "";
    }

    private HandshakeRecord Make(TlsHandshake handshake, Direction direction, in PacketStamp at, in PacketStamp first)
    {
        long firstPacket = first.Number != at.Number ? first.Number : 0;
        FlowIdentity turned = Turn(ref direction);
        return carrier == TlsCarrier.Dtls
            ? new DtlsHandshakeRecord { Flow = turned, At = at, FirstPacket = firstPacket, Direction = direction, Handshake = handshake }
            : new TlsHandshakeRecord { Flow = turned, At = at, FirstPacket = firstPacket, Direction = direction, Handshake = handshake };
    }

    // Where no SYN told who began, the hello does.
    private FlowIdentity Turn(ref Direction direction)
    {
        if (flow.IsOriginatorKnown || _client != Direction.FromResponder)
        {
            return flow;
        }

        direction = 1 - direction;
        return _turned ??= flow.Turned();
    }
}
