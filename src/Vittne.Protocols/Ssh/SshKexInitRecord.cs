using Vittne.Packets.Records;

namespace Vittne.Protocols.Ssh;

/// <summary>KEXINIT of one side (RFC 4253 section 7.1) and its fingerprint.</summary>
public sealed record SshKexInitRecord : Record
{
    /// <summary>The ten name-lists in the order sent, names joined by commas.</summary>
    public required IReadOnlyList<string> NameLists { get; init; }

    /// <summary>HASSH of a client, HASSHserver of a server: MD5 in lower-case hex.</summary>
    public required string Hassh { get; init; }
}
