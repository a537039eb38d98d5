using System.Buffers.Binary;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.OpenVpn;

/// <summary>Tells packets of OpenVPN by their lengths, fixed fields and content, and finds out how they are authenticated.</summary>
internal static class OpenVpnRecognition
{
    /// <summary>Most bytes of a packet that are needed to know it by the TLS record that begins in it.</summary>
    public const int MaxNeeded = 192;

    private const int FirstLength = 14;
    private const int SessionIdOffset = 1;
    private const int ReplayLength = 8;
    private const int EncryptedLength = 54;
    private const int WrappedKeyLength = 200;
    private const int MaxDatagram = 1500;
    private const uint MaxPacketId = 0xFFFF;

    // The highest byte of the first packet ids tells that cookies are understood (2.6).
    private const uint EarlyNegotiation = 0x0F00_0001;

    // September 2001: the program is younger.
    private const uint EarliestTime = 1_000_000_000;

    /// <summary>Bytes that tls-auth adds behind the session id: the HMAC of a digest (none; MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512), number and time.</summary>
    private static ReadOnlySpan<byte> Authentications => [0, 16 + ReplayLength, 20 + ReplayLength, 28 + ReplayLength, 32 + ReplayLength, 48 + ReplayLength, 64 + ReplayLength];

    /// <summary>Whether a datagram is the first of a side, or has a piece of a TLS stream in which a handshake record begins.</summary>
    public static bool Recognises(ReadOnlySpan<byte> packet) => TryFindAuthentication(packet, out _) || IsEncrypted(packet);

    /// <summary>Whether a TCP stream begins with such a packet behind its length.</summary>
    public static Recognition RecogniseStream(ReadOnlySpan<byte> data)
    {
        if (data.Length <= sizeof(ushort))
        {
            return data.IsEmpty || data[0] <= MaxDatagram >> 8 ? Recognition.NeedMore : Recognition.No;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(data);
        int opcode = OpenVpnOpcode.Of(data[sizeof(ushort)]);
        bool isKnown = opcode is OpenVpnOpcode.Control or OpenVpnOpcode.HardResetClient or OpenVpnOpcode.HardResetServer or OpenVpnOpcode.HardResetClientV3;
        if (!isKnown || length is < FirstLength or > MaxDatagram || (opcode != OpenVpnOpcode.Control && (data[sizeof(ushort)] & 7) != 0))
        {
            return Recognition.No;
        }

        ReadOnlySpan<byte> packet = data[sizeof(ushort)..];
        bool isWhole = packet.Length >= length;
        packet = isWhole ? packet[..length] : packet;
        if ((isWhole || opcode == OpenVpnOpcode.Control) && Recognises(packet))
        {
            return Recognition.Yes;
        }

        return isWhole || (opcode == OpenVpnOpcode.Control && packet.Length >= MaxNeeded) ? Recognition.No : Recognition.NeedMore;
    }

    /// <summary>Finds how many bytes of authentication a recognised packet in the clear has behind its session id.</summary>
    public static bool TryFindAuthentication(ReadOnlySpan<byte> packet, out int authentication)
    {
        authentication = 0;
        if (packet.Length < FirstLength || !HasSessionId(packet))
        {
            return false;
        }

        foreach (byte candidate in Authentications)
        {
            if (OpenVpnPacket.TryRead(packet, candidate, out OpenVpnPacket read) && HasReplayFields(packet, candidate) && IsPlausible(read))
            {
                authentication = candidate;
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a packet opens a session whose control channel is encrypted (tls-crypt): number and time stand directly behind the session id.
    /// </summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < EncryptedLength || (packet[0] & 7) != 0 || !HasSessionId(packet) || !HasReplayFields(packet, ReplayLength))
        {
            return false;
        }

        return OpenVpnOpcode.Of(packet[0]) switch
        {
            OpenVpnOpcode.HardResetClient => packet.Length == EncryptedLength,
            OpenVpnOpcode.HardResetServer => packet.Length <= 2 * EncryptedLength,

            // The client's wrapped key is the end, and its length the end of that.
            OpenVpnOpcode.HardResetClientV3 => packet.Length > WrappedKeyLength
                && BinaryPrimitives.ReadUInt16BigEndian(packet[^sizeof(ushort)..]) is > WrappedKeyLength and ushort wrapped && wrapped + EncryptedLength <= packet.Length,
            _ => false,
        };
    }

    private static bool IsPlausible(in OpenVpnPacket packet) => packet.Opcode switch
    {
        OpenVpnOpcode.HardResetClient => packet is { KeyId: 0, Acknowledgments: 0, MessageId: 0, Payload.IsEmpty: true },
        OpenVpnOpcode.HardResetServer => packet is { KeyId: 0, Acknowledgments: <= 1, MessageId: 0, Payload.IsEmpty: true },
        OpenVpnOpcode.Control => packet.MessageId <= MaxPacketId && packet.Payload.StartsWith((byte)RecordType.Handshake)
            && TlsRecognition.Recognise(packet.Payload) == Recognition.Yes,
        _ => false,
    };

    // It is random: zeros are rare, and not all bytes are the same.
    private static bool HasSessionId(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> id = packet.Slice(SessionIdOffset, sizeof(ulong));
        return id.Count((byte)0) <= 2 && id.ContainsAnyExcept(id[0]);
    }

    /// <summary>Whether number and time at the end of the bytes behind the session id are those of a young session.</summary>
    private static bool HasReplayFields(ReadOnlySpan<byte> packet, int authentication)
    {
        if (authentication == 0)
        {
            return true;
        }

        ReadOnlySpan<byte> fields = packet[(SessionIdOffset + sizeof(ulong) + authentication - ReplayLength)..];
        uint number = BinaryPrimitives.ReadUInt32BigEndian(fields);
        uint time = BinaryPrimitives.ReadUInt32BigEndian(fields[sizeof(uint)..]);
        return (number is > 0 and <= MaxPacketId || number == EarlyNegotiation) && time >= EarliestTime;
    }
}
