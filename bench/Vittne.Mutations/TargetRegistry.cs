using Vittne.Mutations.Targets;
using Vittne.Protocols;
using Vittne.Trails;

namespace Vittne.Mutations;

/// <summary>All targets: one for each protocol, and the other readers, one line each.</summary>
internal static class TargetRegistry
{
    /// <summary>Makes the targets, in order of their names.</summary>
    /// <param name="index">The trails to hunt with.</param>
    public static IReadOnlyList<FuzzTarget> All(ITrailIndex index)
    {
        List<FuzzTarget> targets =
        [
            .. ProtocolRegistry.AllStreams.Select(static protocol => new StreamTarget(protocol)),
            .. ProtocolRegistry.AllDatagrams.Select(static protocol => new DatagramTarget(protocol)),
            new SessionTarget(),
            new CertificateTarget(),
            new HelloTarget(),
            new ContentTarget(),
            new QuicTarget(),
            new PacketTarget(),
            new CaptureTarget(),
            new ListTarget(),
            new IndexTarget(),
            new PatternTarget(),
            new SettingsTarget(),
            new RunTarget(index),
        ];
        targets.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return targets;
    }
}
