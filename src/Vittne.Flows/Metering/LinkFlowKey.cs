using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>What tells flows without IP apart: asking and asked address of ARP, else the two hardware addresses, lower one first, and the type.</summary>
/// <param name="First">Asking address, or the lower hardware address.</param>
/// <param name="Second">Asked address, or the higher hardware address.</param>
/// <param name="Type">EtherType; a length is 0.</param>
internal readonly record struct LinkFlowKey(IpAddress First, IpAddress Second, ushort Type);
