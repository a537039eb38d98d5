using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Vittne.Trails.Heuristics;

namespace Vittne.Cli.Verbs;

/// <summary>
/// A <c>maltrail.conf</c>: lines <c>KEY value</c>, from <c>#</c> on a comment; <c>$NAME</c> stands for a variable of the environment. A key alone on its
/// line begins a list, whose lines are indented. Paths are relative to the file.
/// </summary>
internal sealed partial class MaltrailConf
{
    private static readonly string[] Followed =
    [
        "USE_HEURISTICS", "DISABLED_HEURISTICS", "CHECK_HOST_DOMAINS", "CHECK_MISSING_HOST", "SCAN_WINDOW", "USER_WHITELIST", "USER_IGNORELIST",
        "IGNORE_EVENTS_REGEX", "CUSTOM_TRAILS_DIR",
        "DISABLED_TRAILS_INFO_REGEX", "LOG_DIR", "SENSOR_NAME", "LOG_SERVER", "SYSLOG_SERVER", "LOGSTASH_SERVER", "REMOTE_SEVERITY_REGEX",
    ];

    // Maltrail's names of what it can switch off, where they differ from the ids here by more than the dash.
    private static readonly Dictionary<string, string> HeuristicIds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["port_scanning"] = "port-scan",
        ["udp_scanning"] = "udp-scan",
        ["web_scanning"] = "web-scan",
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _ignored = [];
    private readonly string _path;
    private readonly string _folder;

    private MaltrailConf(string path)
    {
        _path = path;
        _folder = path.Length == 0 ? "" : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
    }

    /// <summary>No file: nothing is set.</summary>
    public static MaltrailConf None { get; } = new("");

    /// <summary>What the user should know of it, in lines.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Heuristics that are switched off.</summary>
    public List<string> DisabledHeuristics { get; } = [];

    /// <summary>Heuristics that are switched on though they are off by default.</summary>
    public IReadOnlyList<string> EnabledHeuristics => Flag("CHECK_MISSING_HOST") == true ? ["missing-host"] : [];

    /// <summary>Folder of daily logs; null when it is not set.</summary>
    public string? LogFolder => PathOf("LOG_DIR");

    /// <summary>Own whitelist; null when it is not set.</summary>
    public string? Whitelist => PathOf("USER_WHITELIST");

    /// <summary>Rules for events to ignore, as written.</summary>
    public List<string> IgnoreRules { get; } = [];

    /// <summary>Folder with own lists; null when it is not set or holds none.</summary>
    public string? CustomTrails { get; private set; }

    /// <summary>False when heuristics are switched off; null when nothing is said.</summary>
    public bool? UsesHeuristics => Flag("USE_HEURISTICS");

    /// <summary>Window of the scan heuristics, seconds; null when it is not set.</summary>
    public int? ScanWindow => int.TryParse(this["SCAN_WINDOW"], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : null;

    /// <summary>A value; null when it is not set or empty.</summary>
    public string? this[string key] => _values.TryGetValue(key, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MaltrailConf Read(string path)
    {
        var conf = new MaltrailConf(path);
        foreach (string line in File.ReadLines(path))
        {
            conf.ReadLine(Comment().Replace(line, ""));
        }

        conf.Check();
        return conf;
    }

    [GeneratedRegex(@"\s*#.*")]
    private static partial Regex Comment();

    private void ReadLine(string line)
    {
        // Indented lines belong to a list, and there is no list among the keys that count.
        if (line.Length == 0 || char.IsWhiteSpace(line[0]))
        {
            return;
        }

        int blank = line.AsSpan().IndexOfAny(' ', '\t');
        string key = blank < 0 ? line : line[..blank];
        if (!Followed.Contains(key, StringComparer.Ordinal))
        {
            if (!_ignored.Contains(key))
            {
                _ignored.Add(key);
            }

            return;
        }

        _values[key] = blank < 0 ? "" : Expand(line[blank..].Trim());
    }

    private static string Expand(string value)
    {
        if (!value.Contains('$', StringComparison.Ordinal))
        {
            return value;
        }

        value = value
            .Replace("$HOSTNAME", Environment.MachineName, StringComparison.Ordinal)
            .Replace("$SYSTEM_LOG_DIR", "/var/log", StringComparison.Ordinal);
        var variables = new List<(string Name, string Value)>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables.Add(((string)variable.Key, variable.Value as string ?? ""));
        }

        // The longest first, so that $HOME does not take the front of $HOMEPAGE.
        variables.Sort(static (a, b) => b.Name.Length.CompareTo(a.Name.Length));
        foreach ((string name, string text) in variables)
        {
            value = value.Replace($"${name}", text, StringComparison.Ordinal);
        }

        return value;
    }

    private void Check()
    {
        if (_ignored.Count > 0)
        {
            Notes.Add($"{_path}: not used here: {string.Join(", ", _ignored)}");
        }

        if (Flag("CHECK_HOST_DOMAINS") == false)
        {
            Notes.Add($"{_path}: CHECK_HOST_DOMAINS false is not followed, Host headers are always checked");
        }

        foreach (string name in this["DISABLED_HEURISTICS"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            string id = HeuristicIds.GetValueOrDefault(name, name.ToLowerInvariant().Replace('_', '-'));
            if (HeuristicRegistry.All.Any(entry => entry.Descriptor.Name == id))
            {
                DisabledHeuristics.Add(id);
            }
            else
            {
                Notes.Add($"{_path}: DISABLED_HEURISTICS {name} is no heuristic here");
            }
        }

        if (PathOf("USER_IGNORELIST") is { } rules)
        {
            IgnoreRules.AddRange(File.ReadLines(rules).Select(static line => Comment().Replace(line, "").Trim()).Where(static line => line.Length > 0));
        }

        if (PathOf("CUSTOM_TRAILS_DIR") is { } custom)
        {
            bool holdsLists = Directory.Exists(custom) && Directory.EnumerateFiles(custom, "*", SearchOption.AllDirectories)
                .Any(static file => Path.GetExtension(file) is ".txt" or ".csv");
            CustomTrails = holdsLists ? custom : null;
            if (!holdsLists)
            {
                Notes.Add($"{_path}: CUSTOM_TRAILS_DIR {custom} holds no list");
            }
        }
    }

    private bool? Flag(string key) => this[key]?.ToLowerInvariant() is { } text ? text is "1" or "true" or "yes" or "on" : null;

    private string? PathOf(string key) => this[key] is { } path ? Path.GetFullPath(Path.Combine(_folder, path)) : null;
}
