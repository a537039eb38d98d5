namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>Information elements of flow export (IANA "IPFIX Information Elements"; those below 128 are NetFlow version 9 field types too).</summary>
internal enum ExportElement : ushort
{
    /// <summary>octetDeltaCount: bytes by IP length.</summary>
    Bytes = 1,

    /// <summary>packetDeltaCount.</summary>
    Packets = 2,

    /// <summary>protocolIdentifier.</summary>
    Protocol = 4,

    /// <summary>ipClassOfService.</summary>
    ClassOfService = 5,

    /// <summary>tcpControlBits: one byte in NetFlow, two in IPFIX.</summary>
    TcpFlags = 6,

    /// <summary>sourceTransportPort.</summary>
    SourcePort = 7,

    /// <summary>sourceIPv4Address.</summary>
    SourceV4 = 8,

    /// <summary>destinationTransportPort.</summary>
    DestinationPort = 11,

    /// <summary>destinationIPv4Address.</summary>
    DestinationV4 = 12,

    /// <summary>bgpSourceAsNumber.</summary>
    SourceSystem = 16,

    /// <summary>bgpDestinationAsNumber.</summary>
    DestinationSystem = 17,

    /// <summary>flowEndSysUpTime: milliseconds since the exporter started.</summary>
    EndUptime = 21,

    /// <summary>flowStartSysUpTime.</summary>
    StartUptime = 22,

    /// <summary>sourceIPv6Address.</summary>
    SourceV6 = 27,

    /// <summary>destinationIPv6Address.</summary>
    DestinationV6 = 28,

    /// <summary>icmpTypeCodeIPv4; in NetFlow of both families.</summary>
    IcmpTypeCode = 32,

    /// <summary>minimumTTL.</summary>
    MinTtl = 52,

    /// <summary>maximumTTL.</summary>
    MaxTtl = 53,

    /// <summary>sourceMacAddress.</summary>
    SourceMac = 56,

    /// <summary>vlanId.</summary>
    Vlan = 58,

    /// <summary>flowDirection: 0 ingress.</summary>
    Direction = 61,

    /// <summary>mplsTopLabelStackSection: label, experimental bits, bottom of stack.</summary>
    Mpls = 70,

    /// <summary>destinationMacAddress.</summary>
    DestinationMac = 80,

    /// <summary>applicationName.</summary>
    Application = 96,

    /// <summary>flowEndReason: 1 idle, 2 active, 3 end of flow, 4 forced, 5 lack of resources.</summary>
    EndReason = 136,

    /// <summary>icmpTypeCodeIPv6.</summary>
    IcmpTypeCodeV6 = 139,

    /// <summary>flowId.</summary>
    FlowId = 148,

    /// <summary>flowStartMilliseconds.</summary>
    StartMilliseconds = 152,

    /// <summary>flowEndMilliseconds.</summary>
    EndMilliseconds = 153,

    /// <summary>flowStartMicroseconds: NTP time.</summary>
    StartMicroseconds = 154,

    /// <summary>flowEndMicroseconds.</summary>
    EndMicroseconds = 155,

    /// <summary>flowStartNanoseconds: NTP time.</summary>
    StartNanoseconds = 156,

    /// <summary>flowEndNanoseconds.</summary>
    EndNanoseconds = 157,

    /// <summary>biflowDirection (RFC 5103): 0 arbitrary, 1 initiator, 2 reverse initiator.</summary>
    BiflowDirection = 239,

    /// <summary>layer2OctetDeltaCount.</summary>
    LinkBytes = 352,
}
