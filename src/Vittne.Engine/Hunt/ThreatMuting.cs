using Vittne.Engine.Output;
using Vittne.Protocols.Patterns;
using Vittne.Trails;
using Vittne.Trails.Muting;

namespace Vittne.Engine.Hunt;

/// <summary>
/// Holds back events that the user does not want to be told of, and counts them by cause. It stands behind all detectors, so that what a
/// muted event means for others (a scan, a second source) does not change.
/// </summary>
/// <param name="allowed">Entries of the allow list that are in force.</param>
/// <param name="rules">Rules for events to ignore that are in force.</param>
/// <param name="pattern">A pattern for lines to ignore; null without.</param>
/// <param name="lineOf">The Maltrail line of an event, which the pattern is searched in.</param>
public sealed class ThreatMuting(IReadOnlyList<AllowEntry> allowed, IReadOnlyList<IgnoreRule> rules, PatternSet? pattern, Func<ThreatRecord, byte[]> lineOf)
{
    private readonly long[] _counts = new long[(int)MuteCause.IgnorePattern + 1];

    /// <summary>Events held back for a cause.</summary>
    public long this[MuteCause cause] => _counts[(int)cause];

    /// <summary>True when an event is held back; it is counted then.</summary>
    public bool Mutes(ThreatRecord threat)
    {
        MuteCause cause = CauseOf(threat);
        _counts[(int)cause]++;
        return cause != MuteCause.None;
    }

    private MuteCause CauseOf(ThreatRecord threat)
    {
        var fields = new ThreatFields(threat);
        var seen = new SeenThreat(threat, fields.Source, fields.SourcePort, fields.Destination, fields.DestinationPort);
        for (int i = 0; i < allowed.Count; i++)
        {
            if (allowed[i].Mutes(seen))
            {
                return MuteCause.Allowed;
            }
        }

        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].Matches(seen))
            {
                return MuteCause.IgnoreRule;
            }
        }

        return pattern is not null && pattern.TryFind(lineOf(threat), out _, out _, out _) ? MuteCause.IgnorePattern : MuteCause.None;
    }
}
