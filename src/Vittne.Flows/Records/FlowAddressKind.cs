namespace Vittne.Flows.Records;

/// <summary>What an address of a flow record is.</summary>
public enum FlowAddressKind : byte
{
    /// <summary>Unknown: the record does not tell it.</summary>
    None,

    /// <summary>An IPv4 or IPv6 address, or a network when it has a prefix length.</summary>
    Ip,

    /// <summary>A hardware address of 48 bits: flows without IP.</summary>
    Mac,

    /// <summary>Any address: the record stands for flows of several, written <c>*</c>.</summary>
    Any,
}
