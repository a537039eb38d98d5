using Vittne.Packets.Records;

namespace Vittne.Protocols.Ssh;

/// <summary>The clear part of one SSH connection: what both sides said before the keys were there.</summary>
public sealed record SshRecord : Record
{
    /// <summary>Identification line of the client, bytes as characters 0-255; null when it was not seen.</summary>
    public required string? ClientBanner { get; init; }

    /// <summary>Identification line of the server.</summary>
    public required string? ServerBanner { get; init; }

    /// <summary>Lines that the server sent before its identification.</summary>
    public required IReadOnlyList<string> PreBanner { get; init; }

    /// <summary>The ten name-lists of the client's KEXINIT in the order sent; null when it was not seen.</summary>
    public required IReadOnlyList<string>? ClientLists { get; init; }

    /// <summary>The ten name-lists of the server's KEXINIT.</summary>
    public required IReadOnlyList<string>? ServerLists { get; init; }

    /// <summary>SHA-256 of the host key as <c>SHA256:</c> and base64 without padding; null when the key was not seen.</summary>
    public required string? HostKeyFingerprint { get; init; }
}
