using Vittne.Engine.Output;
using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Cli.Rendering;

/// <summary>Counts threats for the closing line: one per source and trail, however many events it has.</summary>
internal sealed class ThreatTally
{
    // Distinct threats kept to tell them apart; a flood beyond it is counted as one threat an event.
    private const int MaxKept = 500_000;

    private readonly HashSet<(IpAddress Source, string Trail, string Info)> _seen = [];
    private readonly long[] _threats = new long[4];

    /// <summary>All threats.</summary>
    public long Count => _threats[1] + _threats[2] + _threats[3];

    /// <summary>Threats of one severity.</summary>
    public long Of(Severity severity) => _threats[(int)severity];

    /// <summary>Counts an event.</summary>
    public void Add(ThreatRecord threat)
    {
        (IpAddress, string, string) key = (new ThreatFields(threat).Source, threat.Trail, threat.Info);
        if (_seen.Count >= MaxKept ? !_seen.Contains(key) : _seen.Add(key))
        {
            _threats[(int)threat.Severity]++;
        }
    }
}
