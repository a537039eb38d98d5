using System.Buffers;
using Vittne.Engine.Hunt;
using Vittne.Engine.Output;
using Vittne.Protocols.Patterns;
using Vittne.Trails;
using Vittne.Trails.Muting;

namespace Vittne.Cli.Verbs;

/// <summary>Brings together what a hunt must not tell: allowed indicators, rules of the trails, and the pattern of the command line.</summary>
internal static class HuntMuting
{
    /// <summary>Makes the muting; false when the pattern cannot be searched for, which was told. Entries that have ended are told once.</summary>
    public static bool TryCreate(HuntRequest request, TrailIndex? index, TextWriter error, out ThreatMuting? muting)
    {
        string? pattern = request.IgnoreRegex;
        muting = null;
        PatternSet? patterns = null;
        if (pattern is not null)
        {
            patterns = PatternSet.Compile([pattern], ignoreCase: true, out IReadOnlyList<PatternError> errors);
            if (errors.Count > 0)
            {
                error.WriteLine($"vittne: --ignore-regex '{pattern}' cannot be searched for: {errors[0].Message}");
                return false;
            }
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        AllowEntry[] allowed = [];
        if (!request.Whitelist.Contains("none"))
        {
            var list = AllowList.Load(DataFolder.AllowPath);
            allowed = [.. list.Live(now)];
            foreach (AllowEntry entry in list.Ended(now))
            {
                error.WriteLine($"vittne: {entry.Indicator} was allowed until {entry.Until} and is told again; vittne trails allow --remove {entry.Indicator} takes the entry away");
            }
        }

        IgnoreRule[] rules = [.. Rules([.. index?.IgnoreRules ?? [], .. request.IgnoreRules], now, error)];
        muting = allowed.Length == 0 && rules.Length == 0 && patterns is null ? null : new ThreatMuting(allowed, rules, patterns, threat => Line(threat, request));
        return true;
    }

    private static IEnumerable<IgnoreRule> Rules(IReadOnlyList<string> texts, DateTimeOffset now, TextWriter error)
    {
        foreach (string text in texts)
        {
            if (!IgnoreRule.TryParse(text, out IgnoreRule rule))
            {
                error.WriteLine($"vittne: the rule for events to ignore '{text}' is none and does not apply");
            }
            else if (rule.UntilSeconds <= now.ToUnixTimeSeconds())
            {
                error.WriteLine($"vittne: the rule for events to ignore '{text}' has ended and no longer applies");
            }
            else
            {
                yield return rule;
            }
        }
    }

    private static byte[] Line(ThreatRecord threat, HuntRequest request)
    {
        var line = new ArrayBufferWriter<byte>();
        new MaltrailLine(request.Sensor, request.IsUtc ? TimeZoneInfo.Utc : TimeZoneInfo.Local).Append(line, threat, events: null);
        return line.WrittenSpan.ToArray();
    }
}
