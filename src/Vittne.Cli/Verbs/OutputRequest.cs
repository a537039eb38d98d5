using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Vittne.Engine.Output;
using Vittne.Engine.Output.Remote;
using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary>Where the events of a hunt go, read from the command line and a maltrail.conf, and checked.</summary>
internal sealed class OutputRequest
{
    public string? LogFolder { get; private set; }

    public List<RemoteAddress> Syslog { get; } = [];

    public List<RemoteAddress> Logstash { get; } = [];

    public List<RemoteAddress> LogServers { get; } = [];

    /// <summary>True when events go to other machines.</summary>
    public bool UsesNetwork => Syslog.Count + Logstash.Count + LogServers.Count > 0;

    /// <summary>Certificates to trust for TLS; null for those of the system.</summary>
    public X509Certificate2Collection? Authorities { get; private set; }

    /// <summary>How events are condensed; null for not at all.</summary>
    public ThrottleOptions? Throttle { get; private set; } = ThrottleOptions.Default;

    /// <summary>True when the user asked for condensing, so that standard output is condensed too.</summary>
    public bool CondensesAll { get; private set; }

    public bool UsesMaltrailScale { get; private set; }

    public SeverityTable? Severities { get; private set; }

    public Regex? DisabledInfo { get; private set; }

    /// <summary>Reads everything.</summary>
    /// <returns>What is wrong, in one line; null when nothing is.</returns>
    public string? Read(OutputArguments o, ParseResult parsed, MaltrailConf conf, bool showsAll)
    {
        LogFolder = parsed.GetValue(o.LogDir) ?? conf.LogFolder;
        UsesMaltrailScale = parsed.GetValue(o.CefMaltrail);
        return ReadTargets("--syslog", parsed.GetValue(o.Syslog) ?? conf["SYSLOG_SERVER"], Syslog, allowsStreams: true)
            ?? ReadTargets("--logstash", parsed.GetValue(o.Logstash) ?? conf["LOGSTASH_SERVER"], Logstash, allowsStreams: false)
            ?? ReadTargets("--log-server", parsed.GetValue(o.LogServer) ?? conf["LOG_SERVER"], LogServers, allowsStreams: false)
            ?? ReadAuthorities(parsed.GetValue(o.TlsCa))
            ?? ReadThrottle(parsed.GetValue(o.Throttle), showsAll)
            ?? ReadSeverities(parsed.GetValue(o.SeverityRules), conf["REMOTE_SEVERITY_REGEX"])
            ?? ReadDisabledInfo(conf["DISABLED_TRAILS_INFO_REGEX"]);
    }

    private static string? ReadTargets(string option, string? text, List<RemoteAddress> targets, bool allowsStreams)
    {
        foreach (string part in text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (!RemoteAddress.TryParse(part, out RemoteAddress? address))
            {
                return $"{option} '{part}' is no target; write HOST:PORT, an IPv6 address in brackets";
            }

            if (!allowsStreams && address.Transport != RemoteTransport.Udp)
            {
                return $"{option} '{part}' must be udp://, there is no stream form of it";
            }

            targets.Add(address);
        }

        return null;
    }

    private string? ReadAuthorities(string? path)
    {
        if (path is null)
        {
            return null;
        }

        Authorities = [];
        try
        {
            Authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"--tls-ca {path} cannot be read: {e.Message}";
        }

        return Authorities.Count > 0 ? null : $"--tls-ca {path} holds no certificate; it must be PEM";
    }

    private string? ReadThrottle(string? text, bool showsAll)
    {
        if (showsAll || text == "off")
        {
            Throttle = null;
            return text is null or "off" ? null : "--all and --throttle contradict each other; leave one of them out";
        }

        if (text is null)
        {
            return null;
        }

        (int burst, int window) = (ThrottleOptions.Default.Burst, ThrottleOptions.Default.WindowSeconds);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=');
            if (pair.Length != 2 || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value is < 1 or > 1_000_000
                || pair[0] is not ("burst" or "window"))
            {
                return $"--throttle '{text}' is not understood; write burst=3,window=60 or off";
            }

            (burst, window) = pair[0] == "burst" ? (value, window) : (burst, value);
        }

        Throttle = new ThrottleOptions(burst, window);
        CondensesAll = true;
        return null;
    }

    private string? ReadSeverities(string? path, string? groups)
    {
        if (path is not null)
        {
            string[] lines;
            try
            {
                lines = File.ReadAllLines(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"--severity-rules {path} cannot be read: {e.Message}";
            }

            string? problem = SeverityTable.Parse(lines, out SeverityTable? table);
            Severities = table;
            return problem is null ? null : $"--severity-rules {path}: {problem}";
        }

        if (groups is not null)
        {
            string? problem = SeverityTable.FromGroups(groups, out SeverityTable? table);
            Severities = table;
            return problem is null ? null : $"REMOTE_SEVERITY_REGEX: {problem}";
        }

        return null;
    }

    private string? ReadDisabledInfo(string? expression)
    {
        if (expression is null)
        {
            return null;
        }

        try
        {
            DisabledInfo = new Regex(expression, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            return null;
        }
        catch (ArgumentException e)
        {
            return $"DISABLED_TRAILS_INFO_REGEX: {e.Message}";
        }
    }
}
