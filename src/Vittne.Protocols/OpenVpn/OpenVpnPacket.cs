using System.Buffers.Binary;

namespace Vittne.Protocols.OpenVpn;

/// <summary>
/// A packet of the control channel (OpenVPN's protocol, as its <c>ssl.h</c> and <c>ssl_pkt.h</c> describe it). The part in brackets is there with tls-auth only.
/// <code>
/// opcode:5 key_id:3  session_id(8)  [hmac(16..64) packet_id(4) net_time(4)]
/// count(1)  acknowledged(4 each)  remote_session_id(8, when count > 0)  message_id(4, not in P_ACK_V1)  payload
/// </code>
/// </summary>
internal readonly ref struct OpenVpnPacket
{
    private const int SessionIdLength = 8;
    private const int NumberLength = 4;
    private const int CountOffset = 1 + SessionIdLength;

    // The sender has no place for more in one packet (RELIABLE_ACK_SIZE).
    private const int MaxAcknowledgments = 8;

    /// <summary>Its kind.</summary>
    public int Opcode { get; private init; }

    /// <summary>Which keys of the session it is about, 0 to 7.</summary>
    public int KeyId { get; private init; }

    /// <summary>Number that the sender gave the session.</summary>
    public ulong SessionId { get; private init; }

    /// <summary>How many packets it acknowledges.</summary>
    public int Acknowledgments { get; private init; }

    /// <summary>Number of the message; null when the packet only acknowledges.</summary>
    public uint? MessageId { get; private init; }

    /// <summary>The piece of the TLS stream.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>Reads a packet of the control channel.</summary>
    /// <param name="packet">The packet; its end may be missing.</param>
    /// <param name="authentication">Bytes between session id and acknowledgments: 0, or HMAC and eight.</param>
    /// <param name="read">The packet's parts.</param>
    public static bool TryRead(ReadOnlySpan<byte> packet, int authentication, out OpenVpnPacket read)
    {
        read = default;
        if (packet.Length <= CountOffset + authentication)
        {
            return false;
        }

        int opcode = OpenVpnOpcode.Of(packet[0]);
        int count = packet[CountOffset + authentication];
        bool hasMessage = opcode != OpenVpnOpcode.Acknowledgment;
        int end = CountOffset + authentication + 1 + (NumberLength * count) + (count > 0 ? SessionIdLength : 0);
        int payload = end + (hasMessage ? NumberLength : 0);
        if (count > MaxAcknowledgments || payload > packet.Length || !(opcode is OpenVpnOpcode.Control or OpenVpnOpcode.Acknowledgment || OpenVpnOpcode.IsReset(opcode)))
        {
            return false;
        }

        read = new OpenVpnPacket
        {
            Opcode = opcode,
            KeyId = packet[0] & 7,
            SessionId = BinaryPrimitives.ReadUInt64BigEndian(packet[1..]),
            Acknowledgments = count,
            MessageId = hasMessage ? BinaryPrimitives.ReadUInt32BigEndian(packet[end..]) : null,
            Payload = packet[payload..],
        };
        return true;
    }
}
