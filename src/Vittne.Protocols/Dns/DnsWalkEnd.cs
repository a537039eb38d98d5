namespace Vittne.Protocols.Dns;

/// <summary>Why a walk over a message stopped early.</summary>
internal enum DnsWalkEnd : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>A name is damaged.</summary>
    BadName,

    /// <summary>The message ends before its counts are fulfilled.</summary>
    Short,
}
