using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Socks;

/// <summary>
/// SOCKS 4, 4a and 5 up to the proxy's yes; what follows is another protocol (RFC 1928, RFC 1929). Only the client's side tells SOCKS from other
/// bytes, so nothing of the proxy is read before it.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class SocksParser(FlowIdentity flow, IRecordSink sink) : StreamParser(flow, sink)
{
    private const byte UserAndPassword = 2;
    private const byte NoneAcceptable = 255;
    private const byte Bind = 2;
    private const byte Associate = 3;

    private Direction _client;
    private byte _version;
    private byte[]? _request;
    private byte? _method;
    private string? _user;
    private string? _password;
    private bool _isChecked;
    private bool _isTold;
    private bool _isOver;

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => _isOver;

    /// <summary>Whether a direction begins like a client of SOCKS.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data) => SocksMessages.Recognizes(data);

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int taken = 0;
        while (taken < data.Length && !_isOver && !HandsOver)
        {
            ReadOnlySpan<byte> rest = data[taken..];
            int length = _version == 0 ? Begin(direction, rest) : direction == _client ? TakeOfClient(rest) : TakeOfProxy(rest, at);
            if (length < 0)
            {
                Tell(null, at);
                _isOver = true;
            }

            if (length <= 0)
            {
                break;
            }

            taken += length;
        }

        return _isOver ? data.Length : taken;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        // Where the next message of SOCKS would begin is not known; the protocol inside shows itself at a segment's start.
        Tell(null, at);
        HandsOver = true;
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at)
    {
        if (_version != 0 && direction != _client)
        {
            Tell(null, at);
        }
    }

    private int Begin(Direction direction, ReadOnlySpan<byte> data)
    {
        Recognition verdict = SocksMessages.Recognizes(data);
        if (verdict != Recognition.Yes)
        {
            // What a reverse proxy says before the client's first message is no part of SOCKS.
            return verdict == Recognition.No ? data.Length : 0;
        }

        _client = direction;
        _version = data[0];
        if (_version == 5)
        {
            return SocksMessages.LengthOfGreeting(data);
        }

        int length = SocksMessages.LengthOfRequestV4(data);
        _request = data[..length].ToArray();
        ReadOnlySpan<byte> user = SocksMessages.UserV4(_request);
        _user = user.IsEmpty ? null : WireText.Of(user);
        return length;
    }

    private int TakeOfClient(ReadOnlySpan<byte> data)
    {
        if (_request is not null)
        {
            // Bytes for the target that were sent before the proxy agreed.
            return 0;
        }

        if (data[0] == 5)
        {
            int length = SocksMessages.LengthOfRequestV5(data);
            _request = length > 0 ? data[..length].ToArray() : null;
            return length;
        }

        int credentials = SocksMessages.LengthOfCredentials(data);
        if (credentials > 0)
        {
            _user = WireText.Of(data.Slice(2, data[1]));
            _password = WireText.Of(data[(3 + data[1])..credentials]);
        }

        return credentials;
    }

    private int TakeOfProxy(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (_version == 4)
        {
            const int ReplyLength = 8;
            return data.Length < ReplyLength ? 0 : data[0] != 0 ? -1 : OnReply(data[1], ReplyLength, at);
        }

        if (_method is null || (_method == UserAndPassword && !_isChecked))
        {
            return data.Length < 2 ? 0 : OnChoice(data);
        }

        int length = SocksMessages.LengthOfReplyV5(data);
        return length <= 0 ? length : OnReply(data[1], length, at);
    }

    private int OnChoice(ReadOnlySpan<byte> data)
    {
        if (_method is not null)
        {
            _isChecked = true;
            return data[0] is 1 or 5 ? 2 : -1;
        }

        _method = data[1];

        // GSSAPI and private methods wrap what follows.
        return data[0] == 5 && _method is 0 or UserAndPassword or NoneAcceptable ? 2 : -1;
    }

    private int OnReply(byte code, int length, in PacketStamp at)
    {
        if (_request is null)
        {
            return -1;
        }

        bool isGranted = SocksMessages.Grants(_version, code);
        bool isFirstOfTwo = _request[1] == Bind && isGranted && !_isTold;
        Tell(code, at);
        HandsOver = isGranted && !isFirstOfTwo && _request[1] != Associate;
        _isOver = !isGranted;
        return length;
    }

    private void Tell(byte? reply, in PacketStamp at)
    {
        if (_isTold || _request is null)
        {
            return;
        }

        _isTold = true;
        SocksMessages.ReadTarget(_request, out string? host, out IpAddress? address, out ushort port);
        Sink.Add(new SocksRecord
        {
            Flow = Flow,
            At = at,
            Direction = _client,
            Version = _version,
            Command = _request[1],
            Host = host,
            Address = address,
            Port = port,
            Reply = reply,
            Method = _method,
            User = _user,
            Password = _password,
        });
    }
}
