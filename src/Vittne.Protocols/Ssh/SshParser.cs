using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Ssh;

/// <summary>
/// The clear part of SSH (RFC 4253): identification lines and KEXINIT of both sides, and the server's key. After them all is encrypted and
/// nothing is wanted.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What the verb wants told; null for messages alone.</param>
public sealed class SshParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null) : StreamParser(flow, sink)
{
    /// <summary>Longest identification line with its line end (RFC 4253 section 4.2).</summary>
    public const int MaxBannerLength = 255;

    /// <summary>Longest packet that an implementation must take (RFC 4253 section 6.1).</summary>
    public const int MaxPacketLength = 35_000;

    // A server may send lines first; recognition waits for so many bytes of text.
    private const int MaxTextBeforeBanner = 2048;
    private const int MaxPreBannerLines = 64;

    // IGNORE or DEBUG may precede KEXINIT; more of them is no handshake.
    private const int MaxMessagesBeforeKexInit = 8;

    // SSH_MSG_NEWKEYS: what follows is encrypted.
    private const byte NewKeys = 21;

    // Packet length u32, padding length u8, message number u8.
    private const int PacketHeaderLength = 6;

    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(ControlCharacters());

    private readonly SshSide[] _sides = [new(), new()];
    private readonly bool _tellsConnection = options is { EmitsTransactions: true };
    private string? _hostKey;
    private long _firstPacket;
    private bool _isTold;

    /// <summary>Whether a direction begins with an SSH identification line, perhaps behind other lines of text.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data)
    {
        if (data.Length < 5)
        {
            return "SSH-"u8.StartsWith(data) || !data.ContainsAny(ControlBytes) ? Recognition.NeedMore : Recognition.No;
        }

        if (IsBanner(data))
        {
            return Recognition.Yes;
        }

        // The lines before a banner are text: anything else, or too much of it, is another protocol.
        ReadOnlySpan<byte> text = data[..Math.Min(data.Length, MaxTextBeforeBanner)];
        int line = text.IndexOf("\nSSH-"u8);
        ReadOnlySpan<byte> before = line >= 0 ? text[..line] : text;
        if (before.ContainsAny(ControlBytes))
        {
            return Recognition.No;
        }

        return line >= 0 && IsBanner(data[(line + 1)..]) ? Recognition.Yes
            : data.Length < MaxTextBeforeBanner ? Recognition.NeedMore
            : Recognition.No;
    }

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => _sides[(int)direction].IsDone;

    /// <inheritdoc/>
    public override int Needed(Direction direction) => _sides[(int)direction].Needed;

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        SshSide side = _sides[(int)direction];
        _firstPacket = _firstPacket == 0 ? at.Number : _firstPacket;
        int position = 0;
        while (!side.IsDone)
        {
            ReadOnlySpan<byte> rest = data[position..];
            int taken = side.HasBanner ? TakePacket(side, direction, rest, at) : TakeLine(side, direction, rest, at);
            if (taken == 0)
            {
                break;
            }

            position += taken;
        }

        TellIfDone(at);
        return side.IsDone ? data.Length : position;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        GiveUp(_sides[(int)direction], direction, AnomalyKind.TcpGap, "bytes of the SSH handshake are missing", at);
        TellIfDone(at);
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        SshSide side = _sides[(int)direction];
        if (side.IsDone)
        {
            return;
        }

        // A capture that ends behind the banner's text but before its line end still tells the banner.
        if (!side.HasBanner && !side.IsInLongLine && IsBanner(rest))
        {
            EmitBanner(side, direction, rest, at);
        }

        side.IsDone = true;
        TellIfDone(at);
    }

    private int TakeLine(SshSide side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int end = data.IndexOf((byte)'\n');
        if (side.IsInLongLine)
        {
            side.IsInLongLine = end < 0;
            side.Needed = 1;
            return end < 0 ? data.Length : end + 1;
        }

        bool isTooLong = end >= MaxBannerLength || (end < 0 && data.Length > MaxBannerLength);
        if (end < 0 && !isTooLong)
        {
            side.Needed = data.Length + 1;
            return 0;
        }

        // The line is cut and what is left of it is dropped.
        ReadOnlySpan<byte> line = data[..(isTooLong ? MaxBannerLength : end)];
        if (IsBanner(line))
        {
            if (isTooLong)
            {
                Report(direction, AnomalyKind.SshBanner, "identification line longer than 255 bytes", at);
            }

            EmitBanner(side, direction, line, at);
        }
        else if (side.PreBanner.Count < MaxPreBannerLines)
        {
            side.PreBanner.Add(Encoding.Latin1.GetString(TrimLineEnd(line)));
        }
        else
        {
            GiveUp(side, direction, AnomalyKind.SshBanner, "too many lines before the identification line", at);
        }

        side.Needed = 1;
        side.IsInLongLine = isTooLong && !side.HasBanner;
        side.IsDone |= isTooLong && side.HasBanner;
        return isTooLong ? MaxBannerLength : end + 1;
    }

    private int TakePacket(SshSide side, Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (data.Length < PacketHeaderLength)
        {
            side.Needed = PacketHeaderLength;
            return 0;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(data);
        bool isKexInit = data[5] == SshKexInit.MessageNumber;
        if (length is > MaxPacketLength or < PacketHeaderLength - sizeof(uint))
        {
            GiveUp(side, direction, AnomalyKind.SshKexinit, $"packet of {length} bytes before the keys are exchanged", at);
            return 0;
        }

        int whole = sizeof(uint) + (int)length;
        if (data.Length < whole)
        {
            side.Needed = whole;
            return 0;
        }

        side.Needed = 1;
        ReadOnlySpan<byte> packet = data[sizeof(uint)..whole];
        if (side.Lists is not null)
        {
            TakeReply(side, packet);
        }
        else if (isKexInit)
        {
            EmitKexInit(side, direction, packet, at);
        }
        else
        {
            side.IsDone = ++side.Messages > MaxMessagesBeforeKexInit;
        }

        return whole;
    }

    /// <summary>A message of the server behind its KEXINIT: its key is wanted.</summary>
    private void TakeReply(SshSide side, ReadOnlySpan<byte> packet)
    {
        int payloadLength = packet.Length - 1 - packet[0];
        if (payloadLength > 0 && SshHostKey.TryReadFingerprint(packet.Slice(1, payloadLength), out string fingerprint))
        {
            _hostKey = fingerprint;
        }

        side.IsDone = _hostKey is not null || packet[1] == NewKeys || ++side.Messages > MaxMessagesBeforeKexInit;
    }

    private void TellIfDone(in PacketStamp at)
    {
        SshSide client = _sides[0], server = _sides[1];
        if (!_tellsConnection || _isTold || !client.IsDone || !server.IsDone || (client.Banner ?? server.Banner) is null)
        {
            return;
        }

        _isTold = true;
        Sink.Add(new SshRecord
        {
            Flow = Flow,
            At = at,
            FirstPacket = _firstPacket,
            Direction = Direction.FromOriginator,
            ClientBanner = client.Banner,
            ServerBanner = server.Banner,
            PreBanner = server.PreBanner,
            ClientLists = client.Lists,
            ServerLists = server.Lists,
            HostKeyFingerprint = _hostKey,
        });
    }

    private void EmitBanner(SshSide side, Direction direction, ReadOnlySpan<byte> line, in PacketStamp at)
    {
        line = TrimLineEnd(line);
        side.HasBanner = true;
        side.Banner = Encoding.Latin1.GetString(line);
        Sink.Add(new SshBannerRecord
        {
            Flow = Flow,
            At = at,
            Direction = direction,
            Banner = side.Banner,
            PreBanner = side.PreBanner.ToArray(),
        });

        // SSH 1 has no KEXINIT; 1.99 says that both are spoken (RFC 4253 section 5.1).
        side.IsDone = line.StartsWith("SSH-1."u8) && !line.StartsWith("SSH-1.99"u8);
    }

    private void EmitKexInit(SshSide side, Direction direction, ReadOnlySpan<byte> packet, in PacketStamp at)
    {
        // Padding length, payload, padding: lists that reach into the padding are damage.
        int payloadLength = packet.Length - 1 - packet[0];
        if (payloadLength <= 0 || !SshKexInit.TryParse(packet.Slice(1, payloadLength), out string[] lists))
        {
            GiveUp(side, direction, AnomalyKind.SshKexinit, "name-lists pass the end of the message", at);
            return;
        }

        // Only the server's side goes on in the clear with something to tell.
        side.IsDone = !_tellsConnection || direction == Direction.FromOriginator;
        side.Lists = lists;
        Sink.Add(new SshKexInitRecord
        {
            Flow = Flow,
            At = at,
            Direction = direction,
            NameLists = lists,
            Hassh = SshKexInit.Fingerprint(lists, direction),
        });
    }

    private void GiveUp(SshSide side, Direction direction, AnomalyKind kind, string detail, in PacketStamp at)
    {
        if (!side.IsDone)
        {
            side.IsDone = true;
            Report(direction, kind, detail, at);
        }
    }

    private void Report(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) =>
        Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = kind, Detail = detail });

    private static bool IsBanner(ReadOnlySpan<byte> line) => line.Length >= 5 && line.StartsWith("SSH-"u8) && line[4] is >= (byte)'0' and <= (byte)'9';

    private static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> line) => line.TrimEnd("\r\n"u8);

    private static byte[] ControlCharacters()
    {
        byte[] all = new byte[28];
        int count = 0;
        for (byte b = 0; b < 32; b++)
        {
            // Tab, line feed, carriage return and escape (coloured welcome texts) occur in text.
            if (b is not (9 or 10 or 13 or 27))
            {
                all[count++] = b;
            }
        }

        return all;
    }
}
