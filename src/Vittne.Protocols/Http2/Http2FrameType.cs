namespace Vittne.Protocols.Http2;

/// <summary>Type of a frame (RFC 9113 section 6); others are extensions and are skipped.</summary>
internal enum Http2FrameType : byte
{
    /// <summary>DATA: bytes of a body.</summary>
    Data = 0,

    /// <summary>HEADERS: the head of a message, or its trailers.</summary>
    Headers = 1,

    /// <summary>PRIORITY, deprecated.</summary>
    Priority = 2,

    /// <summary>RST_STREAM: a stream ends at once.</summary>
    Reset = 3,

    /// <summary>SETTINGS.</summary>
    Settings = 4,

    /// <summary>PUSH_PROMISE: the head of a request that the server answers unasked.</summary>
    PushPromise = 5,

    /// <summary>PING.</summary>
    Ping = 6,

    /// <summary>GOAWAY: no new streams.</summary>
    GoAway = 7,

    /// <summary>WINDOW_UPDATE.</summary>
    WindowUpdate = 8,

    /// <summary>CONTINUATION: more of a header block.</summary>
    Continuation = 9,
}
