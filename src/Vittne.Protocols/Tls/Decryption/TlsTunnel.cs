using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Protocols.Tls.Decryption;

/// <summary>
/// Opens the records of a TLS connection with recorded secrets: tells what its handshake hides, and feeds the data to a session of its own. A
/// direction is over at the first record that cannot be opened, at a gap, and when nobody wants its data.
/// </summary>
internal sealed class TlsTunnel
{
    // Early data is encrypted under keys that are not recorded in time, or was refused by the server: records are tried until one opens.
    private const int MaxEarlyRecords = 1_024;

    private readonly HandshakeSecrets _secrets;
    private readonly HandshakeRecords _records;
    private readonly HandshakeLog? _log;
    private readonly Func<StreamConsumer?> _openInner;
    private readonly Direction _client;
    private readonly bool _isVersion13;
    private readonly RecordKeys?[] _keys = new RecordKeys?[2];
    private readonly HandshakeJoiner[] _joiners;
    private readonly bool[] _isOver = new bool[2];
    private StreamConsumer? _inner;
    private byte[] _plain = [];
    private int _earlyRecords;

    /// <summary>Begins behind a ServerHello.</summary>
    /// <param name="secrets">The secrets of the connection; they were found.</param>
    /// <param name="records">Tells handshake messages.</param>
    /// <param name="log">Gathers the handshake; null when nobody wants it.</param>
    /// <param name="client">The direction of the client.</param>
    /// <param name="openInner">Opens the session for the data.</param>
    public TlsTunnel(HandshakeSecrets secrets, HandshakeRecords records, HandshakeLog? log, Direction client, Func<StreamConsumer?> openInner)
    {
        _secrets = secrets;
        _records = records;
        _log = log;
        _client = client;
        _openInner = openInner;
        _isVersion13 = secrets.IsVersion13;
        if (_isVersion13)
        {
            SetKeys(client, secrets.Derive(secrets.Session?.ClientHandshake));
            SetKeys(1 - client, secrets.Derive(secrets.Session?.ServerHandshake));
        }

        _joiners = [MakeJoiner(Direction.FromOriginator), MakeJoiner(Direction.FromResponder)];
    }

    /// <summary>True when no record of a direction is opened any more.</summary>
    public bool IsOver(Direction direction) => _isOver[(int)direction];

    /// <summary>A change of ciphers in the clear: TLS up to 1.2 encrypts from here on.</summary>
    public void OnChangeCipherSpec(Direction direction)
    {
        if (!_isVersion13 && !_isOver[(int)direction])
        {
            SetKeys(direction, _secrets.DeriveFromMaster(direction == _client));
        }
    }

    /// <summary>Opens a record and tells what is in it.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="record">The record with its header.</param>
    /// <param name="at">The packet that completed it.</param>
    /// <returns>False when it is in the clear or cannot be opened.</returns>
    public bool TryTake(Direction direction, ReadOnlySpan<byte> record, in PacketStamp at)
    {
        int side = (int)direction;
        if (_isOver[side] || _keys[side] is not { } keys || (_isVersion13 && record[0] != RecordType.ApplicationData))
        {
            return false;
        }

        if (_plain.Length < record.Length)
        {
            _plain = new byte[Math.Max(record.Length, Math.Min(2 * _plain.Length, RecordHeader.Length + RecordHeader.MaxBodyLength))];
        }

        if (!keys.TryOpen(record, _plain, out byte type, out int length))
        {
            bool mayBeEarly = direction == _client && _isVersion13 && _secrets.OffersEarlyData && _earlyRecords++ < MaxEarlyRecords;
            if (!mayBeEarly)
            {
                _records.TellAnomaly(AnomalyKind.TlsDecrypt, "a record cannot be opened with the recorded secrets", direction, at);
                OnGap(direction, 0, at);
            }

            return false;
        }

        _earlyRecords = direction == _client ? MaxEarlyRecords : _earlyRecords;
        TakeContent(direction, type, _plain.AsSpan(0, length), at);
        return true;
    }

    /// <summary>Bytes of a direction are missing, and with them the number of the next record.</summary>
    public void OnGap(Direction direction, long length, in PacketStamp at)
    {
        if (!_isOver[(int)direction])
        {
            _inner?.OnGap(direction, length, at);
            End(direction, at);
        }
    }

    /// <summary>A direction ended.</summary>
    public void OnEnd(Direction direction, in PacketStamp at)
    {
        _inner?.OnEnd(direction, at);
        End(direction, at);
    }

    private void TakeContent(Direction direction, byte type, ReadOnlySpan<byte> content, in PacketStamp at)
    {
        switch (type)
        {
            case RecordType.Handshake:
                while (_joiners[(int)direction].TryTake(ref content, out ReadOnlySpan<byte> message))
                {
                    TakeMessage(direction, message, at);
                }

                break;

            case RecordType.ApplicationData:
                TakeData(direction, content, at);
                break;

            case RecordType.Alert:
                _log?.OnAlert(content, direction, at);
                break;

            case RecordType.ChangeCipherSpec:
                // The end of a handshake inside the encryption of the one before.
                OnChangeCipherSpec(direction);
                break;
        }
    }

    private void TakeMessage(Direction direction, ReadOnlySpan<byte> message, in PacketStamp at)
    {
        if (!_isVersion13)
        {
            _secrets.OnMessage(message);
            _records.Tell(message, direction, at);
            return;
        }

        switch (message[0])
        {
            case HandshakeType.Finished:
                SetKeys(direction, _secrets.Derive(direction == _client ? _secrets.Session?.ClientTraffic : _secrets.Session?.ServerTraffic));
                if (direction == _client)
                {
                    _log?.OnClientFinished(direction, at);
                }

                break;

            case HandshakeType.KeyUpdate:
                _keys[(int)direction]?.TryUpdate();
                break;

            default:
                _records.TellOpened(message, direction, at);
                break;
        }
    }

    private void TakeData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        _inner ??= _openInner();
        if (_inner is not null && !data.IsEmpty)
        {
            _inner.OnData(direction, data, at);
        }

        if (_inner is null || _inner.IsUnrecognised || (_inner.IsDone(Direction.FromOriginator) && _inner.IsDone(Direction.FromResponder)))
        {
            End(Direction.FromOriginator, at);
            End(Direction.FromResponder, at);
        }
    }

    // Without keys a direction of TLS 1.3 stays closed; one of TLS 1.2 has none until its ciphers change.
    private void SetKeys(Direction direction, RecordKeys? keys)
    {
        _keys[(int)direction] = keys;
        _isOver[(int)direction] = keys is null;
    }

    private void End(Direction direction, in PacketStamp at)
    {
        _isOver[(int)direction] = true;
        _keys[(int)direction] = null;
        if (_isOver[0] && _isOver[1] && _inner is { } inner)
        {
            // Whoever feeds the parser may now forget it.
            _inner = null;
            inner.OnEnd(_client, at);
            inner.OnEnd(1 - _client, at);
        }
    }

    private HandshakeJoiner MakeJoiner(Direction direction)
    {
        HandshakeLog? log = _isVersion13 ? _log : null;
        return new HandshakeJoiner(log is null ? null : type => log.OnOpenedMessage(type, direction)) { ReadsOpened = true };
    }
}
