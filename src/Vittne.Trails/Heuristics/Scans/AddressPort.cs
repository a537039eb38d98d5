using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>Who asks for which port.</summary>
internal readonly record struct AddressPort(IpAddress Address, ushort Port)
{
    // Seeded for the same reason as in AddressPair.
    public override int GetHashCode() => HashCode.Combine(Address.High, Address.Low, Port);
}
