using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>Who asks whom.</summary>
internal readonly record struct AddressPair(IpAddress Source, IpAddress Destination)
{
    // Seeded in every process: a sender chooses addresses, and must not be able to choose collisions.
    public override int GetHashCode() => HashCode.Combine(Source.High, Source.Low, Destination.High, Destination.Low);
}
