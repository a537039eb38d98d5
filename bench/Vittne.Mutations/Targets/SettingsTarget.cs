using System.Text;
using Vittne.Packets;
using Vittne.Protocols.Patterns;
using Vittne.Trails;
using Vittne.Trails.Muting;

namespace Vittne.Mutations.Targets;

/// <summary>Small texts of users: rules for ignoring, severity tables, addresses, times.</summary>
internal sealed class SettingsTarget() : FuzzTarget("settings")
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() =>
    [
        "10.0.0.0/8;*;192.0.2.1-192.0.2.9;80-90,443 until 2030-01-01\n"u8.ToArray(),
        "high (malware|apt)\nlow scan\nmedium .*\n"u8.ToArray(),
        "(?P<high>malware)|(?P<low>scanner)"u8.ToArray(),
        "2001:db8::1%1\n::ffff:1.2.3.4\n1.2.3\n0x7f.1\n"u8.ToArray(),
    ];

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        string text = Encoding.UTF8.GetString(input);
        string[] lines = text.Split('\n');
        seen.Note(SeverityTable.Parse(lines, out SeverityTable? table) ?? "good", 0);
        seen.Note(SeverityTable.FromGroups(text.Length > 512 ? text[..512] : text, out SeverityTable? groups) is null ? "groups" : "no groups", 0);
        seen.Note("severity", (int)(table?.Of("bad malware", "(static)") ?? 0) + (int)(groups?.Of("scanner", "x") ?? 0));
        foreach (string line in lines)
        {
            seen.Note("rule", IgnoreRule.TryParse(line, out _) ? 1 : 0);
            seen.Note("address", IpAddress.TryParse(line, out IpAddress address) ? address.ToString()!.Length : 0);
            seen.Note("time", MuteTime.TryParse(line, out _) ? 1 : 0);
            seen.Note("pattern", (PatternSet.LooksLikePattern(line) ? 1 : 0) + (PatternSet.IsValid(line) ? 2 : 0));
        }
    }
}
