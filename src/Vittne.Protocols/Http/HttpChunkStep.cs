namespace Vittne.Protocols.Http;

/// <summary>What became of the next bytes of a chunked body.</summary>
internal enum HttpChunkStep : byte
{
    /// <summary>More are needed.</summary>
    Wait,

    /// <summary>Some were taken.</summary>
    Taken,

    /// <summary>The last chunk was taken.</summary>
    Last,

    /// <summary>They are no chunk.</summary>
    Broken,
}
