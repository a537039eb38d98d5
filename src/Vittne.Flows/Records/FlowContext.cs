namespace Vittne.Flows.Records;

/// <summary>What few flows have. -1 or null: not there.</summary>
public sealed partial class FlowContext
{
    /// <summary>ICMP type of the originator's packets.</summary>
    public int IcmpType { get; set; } = -1;

    /// <summary>ICMP code of the originator's packets.</summary>
    public int IcmpCode { get; set; } = -1;

    /// <summary>ICMP identifier of a query.</summary>
    public int IcmpId { get; set; } = -1;

    /// <summary>Router that answered with an ICMP error for this flow.</summary>
    public FlowAddress IcmpNode { get; set; }

    /// <summary>That error in argus' words.</summary>
    public string? IcmpError { get; set; }

    /// <summary>MPLS labels, outermost first. The array may be shared by records.</summary>
    public int[]? Mpls { get; set; }

    /// <summary>Tunnel layers around it, outermost first. The array may be shared by records.</summary>
    public string[]? Tunnel { get; set; }

    /// <summary>Id of the flow that carries it.</summary>
    public long Parent { get; set; } = -1;

    /// <summary>SPI of ESP or AH.</summary>
    public long Spi { get; set; } = -1;

    /// <summary>Interface of the capture, when it is part of the key or has a name.</summary>
    public string? Interface { get; set; }

    /// <summary>True when hardware addresses change within the flow.</summary>
    public bool HasManyMacs { get; set; }

    /// <summary>True for fragments whose datagram never came together.</summary>
    public bool IsFragmentOrphan { get; set; }

    /// <summary>Packets that are IP fragments.</summary>
    public long Fragments { get; set; } = -1;

    /// <summary>Packets older than the one before them.</summary>
    public long ClockBack { get; set; } = -1;

    /// <summary>Smallest TTL of the originator, when it varies.</summary>
    public short SourceTtlMin { get; set; } = -1;

    /// <summary>Largest TTL of the originator, when it varies.</summary>
    public short SourceTtlMax { get; set; } = -1;

    /// <summary>Smallest TTL of the responder, when it varies.</summary>
    public short DestinationTtlMin { get; set; } = -1;

    /// <summary>Largest TTL of the responder, when it varies.</summary>
    public short DestinationTtlMax { get; set; } = -1;

    /// <summary>Country of the originator.</summary>
    public string? SourceCountry { get; set; }

    /// <summary>Country of the responder.</summary>
    public string? DestinationCountry { get; set; }

    /// <summary>Autonomous system of the originator.</summary>
    public long SourceSystem { get; set; } = -1;

    /// <summary>Autonomous system of the responder.</summary>
    public long DestinationSystem { get; set; } = -1;

    /// <summary>Columns of an input that no field is named for, in its order: name and text.</summary>
    public List<KeyValuePair<string, string>>? Unrecognised { get; set; }

    /// <summary>Lets originator and responder change places.</summary>
    public void Turn()
    {
        (SourceTtlMin, DestinationTtlMin) = (DestinationTtlMin, SourceTtlMin);
        (SourceTtlMax, DestinationTtlMax) = (DestinationTtlMax, SourceTtlMax);
        (SourceCountry, DestinationCountry) = (DestinationCountry, SourceCountry);
        (SourceSystem, DestinationSystem) = (DestinationSystem, SourceSystem);
    }

    /// <summary>A copy that can be changed by itself.</summary>
    internal FlowContext Copy() => (FlowContext)MemberwiseClone();
}
