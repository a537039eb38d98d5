using static Vittne.Flows.Aggregation.MergeRules;

namespace Vittne.Flows.Records;

/// <content>How two become one.</content>
public sealed partial class FlowContext
{
    /// <summary>Takes the context of another record in.</summary>
    internal void Merge(FlowContext other)
    {
        IcmpType = Same(IcmpType, other.IcmpType);
        IcmpCode = Same(IcmpCode, other.IcmpCode);
        IcmpId = Same(IcmpId, other.IcmpId);
        IcmpError = Same(IcmpError, other.IcmpError);
        Mpls = Same(Mpls, other.Mpls);
        Tunnel = Same(Tunnel, other.Tunnel);
        Parent = Same(Parent, other.Parent);
        Spi = Same(Spi, other.Spi);
        Interface = Same(Interface, other.Interface);
        SourceCountry = Same(SourceCountry, other.SourceCountry);
        DestinationCountry = Same(DestinationCountry, other.DestinationCountry);
        SourceSystem = Same(SourceSystem, other.SourceSystem);
        DestinationSystem = Same(DestinationSystem, other.DestinationSystem);
        IcmpNode = IcmpNode == other.IcmpNode ? IcmpNode : default;
        HasManyMacs |= other.HasManyMacs;
        IsFragmentOrphan |= other.IsFragmentOrphan;
        Fragments = FlowRecord.Sum(Fragments, other.Fragments);
        ClockBack = FlowRecord.Sum(ClockBack, other.ClockBack);
        SourceTtlMin = Smaller(SourceTtlMin, other.SourceTtlMin);
        SourceTtlMax = Math.Max(SourceTtlMax, other.SourceTtlMax);
        DestinationTtlMin = Smaller(DestinationTtlMin, other.DestinationTtlMin);
        DestinationTtlMax = Math.Max(DestinationTtlMax, other.DestinationTtlMax);
        Unrecognised = null;
    }
}
