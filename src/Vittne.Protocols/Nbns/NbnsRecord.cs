using Vittne.Packets.Records;

namespace Vittne.Protocols.Nbns;

/// <summary>One message of the NetBIOS name service (RFC 1002 section 4.2).</summary>
public sealed record NbnsRecord : Record
{
    /// <summary>The message from its header on.</summary>
    public required byte[] Message { get; init; }
}
