using Vittne.Packets;
using Vittne.Protocols.Crypto;
using Vittne.Protocols.Secrets;
using Vittne.Protocols.Tls;
using Vittne.Protocols.Tls.Decryption;

namespace Vittne.Protocols.Quic;

/// <summary>Opens the Handshake packets of a connection with recorded secrets: certificates and what the server chose are in them.</summary>
/// <param name="secrets">All recorded secrets.</param>
/// <param name="records">Tells the messages.</param>
internal sealed class HandshakePackets(TlsSecrets secrets, HandshakeRecords records)
{
    // A part of the server's flight may be captured before its hello.
    private const int MaxWaiting = 8;
    private const int MaxWaitingLength = 2_048;

    // Each costs one look at a whole packet.
    private const int MaxFailures = 16;

    private readonly HandshakeSecrets _secrets = new(secrets);
    private readonly PacketProtection?[] _keys = new PacketProtection?[2];
    private readonly CryptoStream[] _streams = [new(), new()];
    private readonly bool[] _isFinished = new bool[2];
    private readonly List<(Direction Direction, byte[] Packet)> _waiting = [];
    private int _failures;

    /// <summary>True when nothing more can be opened.</summary>
    public bool IsOver =>
        (_keys[0] is null || _isFinished[0]) && (_keys[1] is null || _isFinished[1]);

    /// <summary>Takes a message of the Initial packets; behind the ServerHello keys are there, if any secrets are.</summary>
    /// <param name="message">The message from its type byte on.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="version">Version of its packet.</param>
    /// <param name="at">The packet that completed it.</param>
    public void OnMessage(ReadOnlySpan<byte> message, Direction direction, in QuicVersion version, in PacketStamp at)
    {
        if (!_secrets.OnMessage(message) || !_secrets.IsVersion13 || _secrets.Session is not { } session)
        {
            return;
        }

        _keys[(int)direction] = Derive(session.ServerHandshake, version.IsVersion2);
        _keys[1 - (int)direction] = Derive(session.ClientHandshake, version.IsVersion2);
        foreach ((Direction sender, byte[] bytes) in _waiting)
        {
            ReadOnlySpan<byte> rest = bytes;
            if (QuicPacket.TryTake(ref rest, out QuicPacket packet))
            {
                Take(sender, packet, at);
            }
        }

        _waiting.Clear();
    }

    /// <summary>Takes a Handshake packet.</summary>
    public void Take(Direction direction, in QuicPacket packet, in PacketStamp at)
    {
        int side = (int)direction;
        if (_keys[side] is not { } keys)
        {
            if (_secrets.Session is null && _waiting.Count < MaxWaiting && packet.Bytes.Length <= MaxWaitingLength)
            {
                _waiting.Add((direction, packet.Bytes.ToArray()));
            }

            return;
        }

        if (keys.Open(packet.Bytes, packet.NumberOffset) is not { } frames)
        {
            if (_failures++ == MaxFailures)
            {
                records.TellAnomaly(AnomalyKind.QuicDecrypt, "Handshake packets cannot be opened with the recorded secrets", direction, at);
                _keys[0] = _keys[1] = null;
            }

            return;
        }

        QuicFrames.Gather(frames, packet.Version.CryptoFrameType, _streams[side]);
        while (_streams[side].TryTake(out ReadOnlySpan<byte> message))
        {
            _isFinished[side] |= message[0] == HandshakeType.Finished;
            records.TellOpened(message, direction, at);
        }
    }

    private PacketProtection? Derive(byte[]? secret, bool isVersion2) =>
        secret is not null && secret.Length == Hmac.LengthOf(_secrets.Cipher.Hash) ? new PacketProtection(_secrets.Cipher, secret, isVersion2) : null;
}
