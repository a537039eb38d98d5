namespace Vittne.Capture.Writing;

/// <summary>What a pcapng file that is written keeps of its inputs.</summary>
public sealed record PcapngWriterOptions
{
    /// <summary>Whether all packets go into one section, since those of different inputs alternate.</summary>
    public bool JoinsSections { get; init; }

    /// <summary>Whether options and blocks without packets are left out, since they may tell what the packets shall not.</summary>
    public bool IsBare { get; init; }
}
