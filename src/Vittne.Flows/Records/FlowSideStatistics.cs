namespace Vittne.Flows.Records;

/// <summary>Statistics over the packets of one side of a flow.</summary>
public sealed partial class FlowSideStatistics
{
    /// <summary>Number of TCP flags that are counted.</summary>
    public const int FlagCount = 8;

    /// <summary>Mean time between packets, milliseconds.</summary>
    public double GapMean { get; set; } = double.NaN;

    /// <summary>Standard deviation of it, milliseconds.</summary>
    public double GapDeviation { get; set; } = double.NaN;

    /// <summary>Jitter: mean change from one gap to the next, milliseconds.</summary>
    public double Jitter { get; set; } = double.NaN;

    /// <summary>Smallest packet, link-layer bytes.</summary>
    public long SizeMin { get; set; } = -1;

    /// <summary>Largest packet, link-layer bytes.</summary>
    public long SizeMax { get; set; } = -1;

    /// <summary>Mean packet size, link-layer bytes.</summary>
    public double SizeMean { get; set; } = double.NaN;

    /// <summary>Standard deviation of it.</summary>
    public double SizeDeviation { get; set; } = double.NaN;

    /// <summary>Bytes of link, network and transport headers; -1 unless features are asked for.</summary>
    public long HeaderBytes { get; set; } = -1;

    /// <summary>Window of the first segment, as on the wire; -1 unless features are asked for.</summary>
    public long InitialWindow { get; set; } = -1;

    /// <summary>Packets with each TCP flag, by bit number (FIN 0, SYN 1, …, CWR 7); null unless features are asked for.</summary>
    public long[]? FlagPackets { get; set; }

    /// <summary>A copy that can be changed by itself.</summary>
    internal FlowSideStatistics Copy()
    {
        var copy = (FlowSideStatistics)MemberwiseClone();
        copy.FlagPackets = (long[]?)FlagPackets?.Clone();
        return copy;
    }
}
