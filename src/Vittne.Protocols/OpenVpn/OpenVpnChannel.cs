using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.OpenVpn;

/// <summary>
/// The control channel of a flow: its sessions one after the other, and the TLS handshake of each set of keys. Each side numbers a session,
/// and each set of keys has its own numbering of messages.
/// </summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What is told.</param>
internal sealed class OpenVpnChannel(FlowIdentity flow, IRecordSink sink, ParserOptions options)
{
    private const string Name = "openvpn";

    // So many packets in a row that are none: the flow is something else.
    private const int MaxMisread = 64;

    private Sides<ulong?> _sessions;
    private CarriedTls? _tls;
    private int? _authentication;
    private int _key;
    private int _misread;
    private bool _isEncrypted;

    /// <summary>True when nothing can be read: the control channel is encrypted, or there is none.</summary>
    public bool IsOver => _isEncrypted || _misread >= MaxMisread;

    /// <summary>Whether bytes begin a packet of a session that is known.</summary>
    public bool Knows(Direction direction, ReadOnlySpan<byte> packet) =>
        OpenVpnPacket.TryRead(packet, _authentication ?? 0, out OpenVpnPacket read) && read.SessionId == _sessions[(int)direction];

    /// <summary>Takes the next packet, of whatever kind.</summary>
    public void OnPacket(Direction direction, ReadOnlySpan<byte> packet, in PacketStamp at)
    {
        if (packet.IsEmpty || OpenVpnOpcode.IsData(OpenVpnOpcode.Of(packet[0])))
        {
            return;
        }

        _misread++;
        if (_authentication is null)
        {
            if (OpenVpnRecognition.TryFindAuthentication(packet, out int authentication))
            {
                _authentication = authentication;
            }
            else
            {
                _isEncrypted = OpenVpnRecognition.IsEncrypted(packet);
            }
        }

        if (_authentication is { } known && OpenVpnPacket.TryRead(packet, known, out OpenVpnPacket read))
        {
            Take(direction, read, at);
        }
    }

    /// <summary>The flow ended.</summary>
    public void OnEnd(in PacketStamp at) => _tls?.OnEnd(at);

    private void Take(Direction direction, in OpenVpnPacket packet, in PacketStamp at)
    {
        int side = (int)direction;
        bool isReset = OpenVpnOpcode.IsReset(packet.Opcode);
        bool isKnown = _tls is not null && packet.KeyId == _key && (_sessions[side] ?? packet.SessionId) == packet.SessionId;
        if (!isKnown)
        {
            bool opens = isReset || (packet.Opcode == OpenVpnOpcode.Control && TlsParser.Recognizes(packet.Payload) == Recognition.Yes);
            if (!opens)
            {
                return;
            }

            Open(direction, packet, at);
        }

        _misread = 0;
        _sessions[side] = packet.SessionId;
        if (packet.MessageId is not { } number)
        {
            return;
        }

        if (isReset)
        {
            // A message like others, without content: a client that gets no answer may send more of them, each with the next number.
            _tls!.Begin(direction, number);
        }

        _tls!.OnPiece(direction, number, isReset ? default : packet.Payload, at);
    }

    private void Open(Direction direction, in OpenVpnPacket packet, in PacketStamp at)
    {
        _tls?.OnEnd(at);
        _tls = new CarriedTls(flow, sink, options, Name);
        _key = packet.KeyId;
        if (_sessions[(int)direction] != packet.SessionId)
        {
            _sessions = default;
        }
    }
}
