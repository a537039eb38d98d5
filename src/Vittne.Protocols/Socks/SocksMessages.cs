using System.Buffers.Binary;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Socks;

/// <summary>
/// The messages of SOCKS as bytes.
/// <code>
/// version 4   | 4 | command | port u16 | address 4 | user … 0 | (address 0.0.0.x: name … 0) |      reply  | 0 | code | port | address |
/// version 5   | 5 | n | methods n |                                                                reply  | 5 | method |
///             | 1 | n | user n | n | password n |                                                  reply  | 1 | status |
///             | 5 | command | 0 | type | address | port u16 |                                      reply  | 5 | code | 0 | type | address | port |
/// </code>
/// Lengths are told as: 0 for "more is needed", -1 for "is none".
/// </summary>
internal static class SocksMessages
{
    /// <summary>Most bytes of a user id or name of version 4: names have 255, user ids are short.</summary>
    public const int MaxTextLength = 255;

    private const int RequestV4Length = 8;
    private const byte TypeV4 = 1;
    private const byte TypeName = 3;
    private const byte TypeV6 = 4;

    /// <summary>True for the code that says yes.</summary>
    public static bool Grants(byte version, byte code) => version == 4 ? code == 90 : code == 0;

    /// <summary>Whether a client begins like this. Version 5 is only believed when its list of methods is all there is, or what follows fits.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return Recognition.NeedMore;
        }

        int length = data[0] switch { 4 => LengthOfRequestV4(data), 5 => LengthOfGreeting(data), _ => -1 };
        if (length <= 0)
        {
            return length < 0 ? Recognition.No : Recognition.NeedMore;
        }

        ReadOnlySpan<byte> rest = data[length..];
        return data[0] == 4 || rest.IsEmpty || LengthOfRequestV5(rest) >= 0 || LengthOfCredentials(rest) >= 0 ? Recognition.Yes : Recognition.No;
    }

    public static int LengthOfRequestV4(ReadOnlySpan<byte> data)
    {
        if (data.Length > 1 && data[1] is not (1 or 2))
        {
            return -1;
        }

        if (data.Length < RequestV4Length)
        {
            return 0;
        }

        bool hasName = HasName(data);
        if (!hasName && data[4] is 0 or >= 224)
        {
            return -1;
        }

        int user = LengthOfText(data[RequestV4Length..]);
        if (user <= 0 || !hasName)
        {
            return user <= 0 ? user : RequestV4Length + user;
        }

        int name = LengthOfText(data[(RequestV4Length + user)..]);
        return name == 1 ? -1 : name <= 0 ? name : RequestV4Length + user + name;
    }

    public static int LengthOfGreeting(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
        {
            return 0;
        }

        int count = data[1];
        if (count is 0 or > 16)
        {
            return -1;
        }

        ReadOnlySpan<byte> methods = data[2..Math.Min(data.Length, 2 + count)];
        foreach (byte method in methods)
        {
            // Assigned by IANA, or private (RFC 1928 section 3); 4 and 10 to 127 are free.
            if (method is not (<= 9 or >= 128 and < 255))
            {
                return -1;
            }
        }

        return methods.Length < count ? 0 : 2 + count;
    }

    public static int LengthOfCredentials(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data.Length == 1)
        {
            return data.IsEmpty || data[0] == 1 ? 0 : -1;
        }

        if (data[0] != 1 || data[1] == 0)
        {
            return -1;
        }

        int password = 2 + data[1];
        return data.Length <= password || data.Length < password + 1 + data[password] ? 0 : password + 1 + data[password];
    }

    /// <summary>Request of version 5; a reply has the same form.</summary>
    public static int LengthOfRequestV5(ReadOnlySpan<byte> data)
    {
        if ((data.Length > 0 && data[0] != 5) || (data.Length > 1 && data[1] is 0 or > 3) || (data.Length > 2 && data[2] != 0))
        {
            return -1;
        }

        return LengthWithAddress(data);
    }

    public static int LengthOfReplyV5(ReadOnlySpan<byte> data) =>
        (data.Length > 0 && data[0] != 5) || (data.Length > 2 && data[2] != 0) ? -1 : LengthWithAddress(data);

    /// <summary>Reads the target of a whole request.</summary>
    public static void ReadTarget(ReadOnlySpan<byte> request, out string? host, out IpAddress? address, out ushort port)
    {
        host = null;
        address = null;
        if (request[0] == 4)
        {
            port = BinaryPrimitives.ReadUInt16BigEndian(request[2..]);
            if (HasName(request))
            {
                int user = LengthOfText(request[RequestV4Length..]);
                host = WireText.Of(request[(RequestV4Length + user)..^1]);
            }
            else
            {
                address = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(request[4..]));
            }

            return;
        }

        port = BinaryPrimitives.ReadUInt16BigEndian(request[^2..]);
        switch (request[3])
        {
            case TypeV4:
                address = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(request[4..]));
                break;
            case TypeV6:
                address = IpAddress.FromV6(request.Slice(4, 16));
                break;
            default:
                // Some clients put addresses there as text.
                host = WireText.Of(request.Slice(5, request[4]));
                break;
        }
    }

    /// <summary>User id of a whole request of version 4.</summary>
    public static ReadOnlySpan<byte> UserV4(ReadOnlySpan<byte> request) =>
        request.Slice(RequestV4Length, LengthOfText(request[RequestV4Length..]) - 1);

    // 0.0.0.x with x not 0 says that a name follows (SOCKS 4a).
    private static bool HasName(ReadOnlySpan<byte> request) => request[4] == 0 && request[5] == 0 && request[6] == 0 && request[7] != 0;

    private static int LengthOfText(ReadOnlySpan<byte> data)
    {
        int end = data.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? data : data[..end];
        return text.Length > MaxTextLength || text.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? -1 : end + 1;
    }

    private static int LengthWithAddress(ReadOnlySpan<byte> data)
    {
        if (data.Length < 5)
        {
            return data.Length > 3 && data[3] is not (TypeV4 or TypeName or TypeV6) ? -1 : 0;
        }

        int length = data[3] switch
        {
            TypeV4 => 4 + 4 + 2,
            TypeV6 => 4 + 16 + 2,
            TypeName when data[4] > 0 => 4 + 1 + data[4] + 2,
            _ => -1,
        };
        return length > data.Length ? 0 : length;
    }
}
