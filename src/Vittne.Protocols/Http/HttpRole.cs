namespace Vittne.Protocols.Http;

/// <summary>What a direction sends. Told by content, not by ports or by who began.</summary>
internal enum HttpRole : byte
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>Requests.</summary>
    Requests,

    /// <summary>Responses.</summary>
    Responses,
}
