namespace Vittne.Flows.Records;

/// <content>Network and link layer, tunnels, ICMP.</content>
public static partial class FlowFields
{
    private static FlowField[] Link() =>
    [
        Integer("sttl", "TTL or hop limit of the first packet, originator", r => r.SourceTtl, (r, v) => r.SourceTtl = (short)Math.Min(v, byte.MaxValue), FlowMerge.Same),
        Integer("dttl", "TTL or hop limit of the first packet, responder", r => r.DestinationTtl, (r, v) => r.DestinationTtl = (short)Math.Min(v, byte.MaxValue), FlowMerge.Same),
        Integer("stos", "TOS byte, originator", r => r.SourceTos, (r, v) => r.SourceTos = (short)Math.Min(v, byte.MaxValue), FlowMerge.Same),
        Integer("dtos", "TOS byte, responder", r => r.DestinationTos, (r, v) => r.DestinationTos = (short)Math.Min(v, byte.MaxValue), FlowMerge.Same),
        Integer("sttl_min", "smallest TTL when it varies, originator", r => r.Context?.SourceTtlMin ?? -1, (r, v) => r.NeedContext().SourceTtlMin = (short)Math.Min(v, byte.MaxValue), FlowMerge.Min),
        Integer("dttl_min", "smallest TTL when it varies, responder", r => r.Context?.DestinationTtlMin ?? -1, (r, v) => r.NeedContext().DestinationTtlMin = (short)Math.Min(v, byte.MaxValue), FlowMerge.Min),
        Integer("sttl_max", "largest TTL when it varies, originator", r => r.Context?.SourceTtlMax ?? -1, (r, v) => r.NeedContext().SourceTtlMax = (short)Math.Min(v, byte.MaxValue), FlowMerge.Max),
        Integer("dttl_max", "largest TTL when it varies, responder", r => r.Context?.DestinationTtlMax ?? -1, (r, v) => r.NeedContext().DestinationTtlMax = (short)Math.Min(v, byte.MaxValue), FlowMerge.Max),
        new("smac", FlowFieldKind.Mac, "hardware address, originator", r => FlowValue.OfMac(r.SourceMac), (r, v) => r.SourceMac = v.Number),
        new("dmac", FlowFieldKind.Mac, "hardware address, responder", r => FlowValue.OfMac(r.DestinationMac), (r, v) => r.DestinationMac = v.Number),
        Flag("multi_mac", "hardware addresses change within the flow", r => r.Context?.HasManyMacs ?? false, r => r.NeedContext().HasManyMacs = true),
        new("vlan", FlowFieldKind.Integers, "VLAN ids, outermost first", r => FlowValue.OfIntegers(r.Vlan), (r, v) => r.Vlan = v.Integers) { Aliases = ["svlan"] },
        new("mpls", FlowFieldKind.Integers, "MPLS labels, outermost first", r => FlowValue.OfIntegers(r.Context?.Mpls), (r, v) => r.NeedContext().Mpls = v.Integers) { Aliases = ["smpls"] },
        new("tunnel", FlowFieldKind.Texts, "tunnels around it, outermost first", r => FlowValue.OfTexts(r.Context?.Tunnel), (r, v) => r.NeedContext().Tunnel = v.Texts),
        Integer("parent", "id of the flow that carries it", r => r.Context?.Parent ?? -1, (r, v) => r.NeedContext().Parent = v, FlowMerge.Same),
        Integer("icmp_type", "ICMP type", r => r.Context?.IcmpType ?? -1, (r, v) => r.NeedContext().IcmpType = (int)Math.Min(v, ushort.MaxValue), FlowMerge.Same),
        Integer("icmp_code", "ICMP code", r => r.Context?.IcmpCode ?? -1, (r, v) => r.NeedContext().IcmpCode = (int)Math.Min(v, ushort.MaxValue), FlowMerge.Same),
        Integer("icmp_id", "ICMP identifier", r => r.Context?.IcmpId ?? -1, (r, v) => r.NeedContext().IcmpId = (int)Math.Min(v, ushort.MaxValue), FlowMerge.Same),
        new("inode", FlowFieldKind.Address, "router that sent an ICMP error for the flow", r => FlowValue.OfAddress(r.Context?.IcmpNode ?? default), (r, v) => r.NeedContext().IcmpNode = ToAddress(v)),
        Text("icmp_error", "that error in argus' words", r => r.Context?.IcmpError, (r, v) => r.NeedContext().IcmpError = v),
        Integer("spi", "SPI of ESP or AH", r => r.Context?.Spi ?? -1, (r, v) => r.NeedContext().Spi = v, FlowMerge.Same),
        Integer("frags", "packets that are IP fragments", r => r.Context?.Fragments ?? -1, (r, v) => r.NeedContext().Fragments = v, FlowMerge.Add),
        Flag("frag_orphan", "fragments whose datagram never came together", r => r.Context?.IsFragmentOrphan ?? false, r => r.NeedContext().IsFragmentOrphan = true),
    ];
}
