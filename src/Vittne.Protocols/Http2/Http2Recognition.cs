using System.Buffers.Binary;

namespace Vittne.Protocols.Http2;

/// <summary>Tells HTTP/2 from other bytes: the preface of the client, or the settings with which a server begins (RFC 9113 section 3.4).</summary>
internal static class Http2Recognition
{
    private const int SettingLength = 6;

    // Ten settings are registered; servers send three or four.
    private const int MaxSettings = 16;

    /// <summary>What a client sends first.</summary>
    public static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Whether a direction begins with HTTP/2.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return Recognition.NeedMore;
        }

        if (data[0] == Preface[0])
        {
            return data.StartsWith(Preface) ? Recognition.Yes : Preface.StartsWith(data) ? Recognition.NeedMore : Recognition.No;
        }

        return data[0] == 0 ? RecognizesSettings(data) : Recognition.No;
    }

    /// <summary>Whether frames begin here: behind a gap, at the start of a segment.</summary>
    public static bool CouldBeFrame(ReadOnlySpan<byte> data)
    {
        if (data.Length < Http2Frame.HeaderLength)
        {
            return false;
        }

        var frame = Http2Frame.Read(data);
        if (!frame.IsPossible || frame.Type > Http2FrameType.Continuation || data[5] > 0x7F || frame.Length > data.Length + (16 << 10))
        {
            return false;
        }

        int next = Http2Frame.HeaderLength + frame.Length;
        return data.Length < next + Http2Frame.HeaderLength || Http2Frame.Read(data[next..]) is { IsPossible: true, Type: <= Http2FrameType.Continuation };
    }

    private static Recognition RecognizesSettings(ReadOnlySpan<byte> data)
    {
        if (data.Length < Http2Frame.HeaderLength)
        {
            return data.IndexOfAnyExcept((byte)0) is < 0 or >= 2 ? Recognition.NeedMore : Recognition.No;
        }

        // Empty settings have too little to know them by.
        var frame = Http2Frame.Read(data);
        if (frame is not { Type: Http2FrameType.Settings, Flags: 0, Stream: 0, Length: >= SettingLength and <= MaxSettings * SettingLength }
            || frame.Length % SettingLength != 0)
        {
            return Recognition.No;
        }

        for (int at = Http2Frame.HeaderLength; at < Http2Frame.HeaderLength + frame.Length; at += SettingLength)
        {
            if (data.Length < at + 2)
            {
                return Recognition.NeedMore;
            }

            ushort identifier = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            if (identifier is 0 or > 16 && (identifier & 0x0F0F) != 0x0A0A)
            {
                return Recognition.No;
            }
        }

        return data.Length < Http2Frame.HeaderLength + frame.Length ? Recognition.NeedMore : Recognition.Yes;
    }
}
