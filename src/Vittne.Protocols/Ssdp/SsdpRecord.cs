using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Protocols.Ssdp;

/// <summary>One SSDP message (UPnP Device Architecture 2.0 section 1). It holds the bytes; <see cref="HttpHead"/> reads them when someone asks.</summary>
public sealed record SsdpRecord : Record
{
    /// <summary>Start line and header lines.</summary>
    public required byte[] Message { get; init; }
}
