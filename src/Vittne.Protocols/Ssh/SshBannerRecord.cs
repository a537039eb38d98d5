using Vittne.Packets.Records;

namespace Vittne.Protocols.Ssh;

/// <summary>Identification line of one side (RFC 4253 section 4.2).</summary>
public sealed record SshBannerRecord : Record
{
    /// <summary>The line from <c>SSH-</c> on, without line end, bytes as characters 0-255.</summary>
    public required string Banner { get; init; }

    /// <summary>Lines that came before it, without line ends.</summary>
    public required IReadOnlyList<string> PreBanner { get; init; }
}
