using System.Globalization;
using Vittne.Cli.Rendering;
using Vittne.Engine.Output;
using Vittne.Engine.Output.Remote;
using Vittne.Trails;

namespace Vittne.Cli.Verbs;

/// <summary>All outputs of a hunt as one: results, daily logs, remote targets; what goes wrong with one does not touch the others.</summary>
internal sealed class HuntOutputs : IDisposable
{
    private readonly List<IReportingWriter> _all = [];
    private readonly List<RemoteTarget> _targets = [];
    private readonly ThreatThrottle? _throttle;
    private readonly LogFolderWriter? _log;

    public HuntOutputs(HuntRequest request, Stream results, IReadOnlyList<string> captures, TrailIndex? index, Palette palette)
    {
        OutputRequest outputs = request.Outputs;
        TimeZoneInfo zone = request.IsUtc ? TimeZoneInfo.Utc : TimeZoneInfo.Local;
        var cef = new CefLine(Version, Signature(index), outputs.UsesMaltrailScale);
        var main = new GuardedThreatWriter(request.OutputPath ?? "standard output", request.Format switch
        {
            "jsonl" => new JsonThreatWriter(results, captures, isArray: false),
            "json" => new JsonThreatWriter(results, captures, isArray: true),
            "maltrail" => new LineThreatWriter(results, new MaltrailLine(request.Sensor, zone)),
            "csv" => new LineThreatWriter(results, new CsvLine(captures), CsvLine.Header, CsvLine.End),
            "cef" => new LineThreatWriter(results, new SyslogLine(cef, request.Sensor, zone, isRfc5424: false)),
            "eve" => new LineThreatWriter(results, new EveLine(captures)),
            "logstash" => new LineThreatWriter(results, new LogstashLine(request.Sensor)),
            _ => new ThreatText(results, request.ShowsAll || request.Live is not null, palette),
        });
        _all.Add(main);
        var others = new List<IReportingWriter>();
        if (outputs.LogFolder is { } folder)
        {
            others.Add(_log = new LogFolderWriter(folder, new MaltrailLine(request.Sensor, zone), zone));
        }

        foreach (RemoteAddress address in outputs.Syslog)
        {
            bool isStream = address.Transport != RemoteTransport.Udp;
            others.Add(Remote("syslog", address, new SyslogLine(cef, request.Sensor, zone, isStream), outputs));
        }

        foreach (RemoteAddress address in outputs.Logstash)
        {
            others.Add(Remote("logstash", address, new LogstashLine(request.Sensor), outputs));
        }

        foreach (RemoteAddress address in outputs.LogServers)
        {
            others.Add(Remote("log server", address, new LogServerLine(new MaltrailLine(request.Sensor, zone)), outputs));
        }

        _all.AddRange(others);
        bool condensesResults = outputs.CondensesAll && request.Format != "text";
        List<IThreatWriter> condensed = condensesResults ? [main, .. others] : [.. others];
        List<IThreatWriter> plain = condensesResults ? [] : [main];
        if (outputs.Throttle is { } throttle && condensed.Count > 0)
        {
            plain.Add(_throttle = new ThreatThrottle(throttle, new ThreatFanOut(condensed)));
        }
        else
        {
            plain.AddRange(condensed);
        }

        Writer = new ThreatFanOut(plain);
    }

    /// <summary>Takes all events.</summary>
    public IThreatWriter Writer { get; }

    private static string Version => typeof(HuntOutputs).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>After the last event: tells what was condensed and what was lost, and keeps it in the error log.</summary>
    /// <param name="notes">What else belongs into the error log.</param>
    /// <param name="error">Where to tell it.</param>
    /// <param name="isQuiet">True to tell losses only.</param>
    /// <returns>True when every output has all that it should have.</returns>
    public bool Tell(IReadOnlyList<string> notes, TextWriter error, bool isQuiet)
    {
        if (_throttle is { Condensed: > 0 } throttle && !isQuiet)
        {
            error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"vittne: {throttle.Condensed} events were condensed into {throttle.CondensedInto} by --throttle; --throttle off tells each"));
        }

        string[] problems = [.. _all.Select(static output => output.Problem?.Text).OfType<string>()];
        foreach (string problem in problems)
        {
            error.WriteLine($"vittne: {TerminalText.Escape(problem)}");
        }

        _log?.WriteErrors([.. notes, .. problems], DateTime.UtcNow);
        return problems.Length == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log?.Dispose();
        foreach (RemoteTarget target in _targets)
        {
            target.Dispose();
        }
    }

    // Maltrail dates its signature by its file of trails.
    private static string Signature(TrailIndex? index)
    {
        if (index is null)
        {
            return "-";
        }

        DateTime built = index.BuiltAtSeconds > 0 ? DateTime.UnixEpoch.AddSeconds(index.BuiltAtSeconds)
            : File.Exists(index.Path) || Directory.Exists(index.Path) ? File.GetLastWriteTimeUtc(index.Path)
            : default;
        return built == default ? "-" : built.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private RemoteThreatWriter Remote(string purpose, RemoteAddress address, IThreatLine line, OutputRequest outputs)
    {
        var target = new RemoteTarget(address, outputs.Authorities);
        _targets.Add(target);
        return new RemoteThreatWriter(purpose, target, line);
    }
}
