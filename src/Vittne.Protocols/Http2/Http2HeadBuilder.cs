using System.Buffers;
using System.Text;
using Vittne.Protocols.Http;

namespace Vittne.Protocols.Http2;

/// <summary>
/// Writes the fields of a header block as the head of an HTTP/1 message, so that all that reads heads reads these too: pseudo-header fields
/// become the start line and the Host line (RFC 9113 section 8.3), crumbs of cookies one line (section 8.2.3).
/// </summary>
internal sealed class Http2HeadBuilder
{
    // Half of what a head may have, so that start line and cookies fit as well.
    private const int MaxLines = HttpHead.MaxLength / 2;
    private const int MaxField = HttpHead.MaxLineLength / 2;

    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n\0"u8);

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly ArrayBufferWriter<byte> _cookies = new();
    private byte[] _method = [];
    private byte[] _path = [];
    private byte[] _authority = [];
    private byte[] _host = [];
    private byte[] _status = [];
    private int _count;

    /// <summary>True when the block begins a request.</summary>
    public bool IsRequest => _method.Length > 0;

    /// <summary>True when the block begins a response.</summary>
    public bool IsResponse => _status.Length > 0 && !IsRequest;

    /// <summary>True when a field had bytes that no field may have (RFC 9113 section 8.2.1); they were replaced by blanks.</summary>
    public bool HasBadField { get; private set; }

    /// <summary>True when fields were left out or cut at the limits of a head.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The status code of a response; 0 when it is none.</summary>
    public int Status => HttpStartLine.Status([.. "HTTP/2 "u8, .. _status]);

    /// <summary>Begins a new block.</summary>
    public void Clear()
    {
        _lines.ResetWrittenCount();
        _cookies.ResetWrittenCount();
        _method = _path = _authority = _host = _status = [];
        _count = 0;
        HasBadField = IsCut = false;
    }

    /// <summary>Takes a field.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxField || name.Length > MaxField)
        {
            IsCut = true;
            name = name[..Math.Min(name.Length, MaxField)];
            value = value[..Math.Min(value.Length, MaxField)];
        }

        if (name.StartsWith(":"u8))
        {
            AddPseudo(name, value);
            return;
        }

        bool isCookie = name.SequenceEqual("cookie"u8);
        ArrayBufferWriter<byte> target = isCookie ? _cookies : _lines;
        if (++_count > HttpHead.MaxHeaders || target.WrittenCount + name.Length + value.Length > MaxLines)
        {
            IsCut = true;
            return;
        }

        if (_host.Length == 0 && name.SequenceEqual("host"u8))
        {
            _host = value.ToArray();
        }

        if (isCookie)
        {
            target.Write(target.WrittenCount == 0 ? "cookie: "u8 : "; "u8);
            Write(target, value);
            return;
        }

        Write(target, name);
        target.Write(": "u8);
        Write(target, value);
        target.Write("\r\n"u8);
    }

    /// <summary>The head of a request.</summary>
    public byte[] BuildRequest()
    {
        bool isConnect = Ascii.EqualsIgnoreCase(_method, "CONNECT"u8);
        var head = new ArrayBufferWriter<byte>(_lines.WrittenCount + 256);
        Write(head, _method);
        head.Write(" "u8);
        Write(head, _path.Length == 0 && isConnect ? _authority : _path);
        head.Write(" HTTP/2\r\n"u8);
        if (_authority.Length > 0 && !Ascii.EqualsIgnoreCase(_authority, _host))
        {
            head.Write("host: "u8);
            Write(head, _authority);
            head.Write("\r\n"u8);
        }

        return Finish(head);
    }

    /// <summary>The head of a response.</summary>
    public byte[] BuildResponse()
    {
        var head = new ArrayBufferWriter<byte>(_lines.WrittenCount + 64);
        head.Write("HTTP/2 "u8);
        Write(head, _status);
        head.Write("\r\n"u8);
        return Finish(head);
    }

    private byte[] Finish(ArrayBufferWriter<byte> head)
    {
        head.Write(_lines.WrittenSpan);
        if (_cookies.WrittenCount > 0)
        {
            head.Write(_cookies.WrittenSpan);
            head.Write("\r\n"u8);
        }

        return head.WrittenSpan.ToArray();
    }

    private void AddPseudo(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual(":method"u8))
        {
            _method = value.ToArray();
            HasBadField |= _method.AsSpan().ContainsAny((byte)' ', (byte)'\t');
            _method.AsSpan().Replace((byte)' ', (byte)'_');
            _method.AsSpan().Replace((byte)'\t', (byte)'_');
        }
        else if (name.SequenceEqual(":path"u8))
        {
            _path = value.ToArray();
        }
        else if (name.SequenceEqual(":authority"u8))
        {
            _authority = value.ToArray();
        }
        else if (name.SequenceEqual(":status"u8))
        {
            _status = value.ToArray();
        }
    }

    private void Write(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> text)
    {
        Span<byte> room = target.GetSpan(text.Length + 1)[..text.Length];
        text.CopyTo(room);
        int at = room.IndexOfAny(LineBreaks);
        while (at >= 0)
        {
            HasBadField = true;
            room[at] = (byte)' ';
            room = room[(at + 1)..];
            at = room.IndexOfAny(LineBreaks);
        }

        target.Advance(text.Length);
    }
}
