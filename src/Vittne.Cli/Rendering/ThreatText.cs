using System.Globalization;
using System.Text;
using Vittne.Engine.Output;
using Vittne.Trails;

namespace Vittne.Cli.Rendering;

/// <summary>
/// Events for people: one line per source and trail with its count, times and destinations, the worst first; or one line an event.
/// </summary>
/// <param name="output">Where bytes go.</param>
/// <param name="showsAll">True for one line an event.</param>
/// <param name="palette">Colours.</param>
internal sealed class ThreatText(Stream output, bool showsAll, Palette palette) : IThreatWriter
{
    // A flood of distinct finds must not fill the memory: beyond this many lines, events are only counted.
    private const int MaxLines = 200_000;
    private const int MaxDestinations = 3;
    private const int FlushLength = 64 << 10;

    private readonly Dictionary<(string Source, string Trail, string Info), Line> _lines = [];
    private readonly StringBuilder _text = new();
    private long _unlisted;

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        var fields = new ThreatFields(threat);
        if (showsAll)
        {
            AppendEvent(threat, fields);
            WriteOutIfLong();
            return;
        }

        (string, string, string) key = (fields.Source.ToString(), threat.Trail, threat.Info);
        if (!_lines.TryGetValue(key, out Line? line))
        {
            if (_lines.Count >= MaxLines)
            {
                _unlisted++;
            }
            else
            {
                _lines[key] = line = new Line(threat, fields);
            }
        }

        line?.Count(threat, fields);
    }

    /// <inheritdoc/>
    public void PassOn()
    {
        WriteOut();
        output.Flush();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (!showsAll)
        {
            Line[] lines = [.. _lines.Values];
            Array.Sort(lines, static (left, right) =>
                left.First.Severity != right.First.Severity ? right.First.Severity.CompareTo(left.First.Severity)
                : left.Events != right.Events ? right.Events.CompareTo(left.Events)
                : left.Order.CompareTo(right.Order));
            foreach (Line line in lines)
            {
                AppendLine(line);
                WriteOutIfLong();
            }

            if (_unlisted > 0)
            {
                _text.Append(CultureInfo.InvariantCulture, $"… and {_unlisted} events of further threats; --all lists every event\n");
            }
        }

        WriteOut();
        output.Flush();
    }

    private static string Clock(long ns) => ThreatFields.Time(ns)[..19].Replace('T', ' ');

    private void AppendEvent(ThreatRecord threat, ThreatFields fields)
    {
        string ports = fields.HasPorts ? $":{fields.SourcePort}" : "", toPort = fields.HasPorts ? $":{fields.DestinationPort}" : "";
        _text.Append(CultureInfo.InvariantCulture, $"{ThreatFields.Time(threat.At.TimestampNs)} {palette.Of(threat.Severity)}{palette.Mark(threat.Severity)}{ThreatFields.SeverityName(threat.Severity),-6}{palette.Reset} ");
        _text.Append(CultureInfo.InvariantCulture, $"{fields.Source}{ports} -> {fields.Destination}{toPort} {fields.Transport} {palette.Of(threat.Type)}{ThreatFields.TypeName(threat.Type)}{palette.Reset} ");
        _text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Escape(threat.Trail)}  {palette.Classed(TerminalText.Escape(threat.Info))}  {palette.Dim}{TerminalText.Escape(threat.Reference)}, {threat.Source}, packet {threat.At.Number}");
        _text.Append(threat.Evidence.Length > 0 ? $", {TerminalText.Escape(threat.Evidence)}" : "").Append(palette.Reset).Append('\n');
    }

    private void AppendLine(Line line)
    {
        ThreatRecord first = line.First;
        _text.Append(CultureInfo.InvariantCulture, $"{palette.Of(first.Severity)}{palette.Mark(first.Severity)}{ThreatFields.SeverityName(first.Severity),-6}{palette.Reset} {line.Events,6}x ");
        _text.Append(CultureInfo.InvariantCulture, $"{line.Source} -> {string.Join(", ", line.Destinations)}{(line.MoreDestinations.Count > 0 ? $" +{line.MoreDestinations.Count}" : "")}  ");
        _text.Append(CultureInfo.InvariantCulture, $"{palette.Of(first.Type)}{ThreatFields.TypeName(first.Type)}{palette.Reset} {TerminalText.Escape(first.Trail)}  {palette.Classed(TerminalText.Escape(first.Info))}  ");
        _text.Append(CultureInfo.InvariantCulture, $"{palette.Dim}{TerminalText.Escape(first.Reference)}  {Clock(first.At.TimestampNs)}");
        _text.Append(line.Events > 1 ? $" .. {Clock(line.LastNs)}{palette.Reset}\n" : $"{palette.Reset}\n");
    }

    private void WriteOutIfLong()
    {
        if (_text.Length >= FlushLength)
        {
            WriteOut();
        }
    }

    private void WriteOut()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }

    private sealed class Line(ThreatRecord first, ThreatFields fields)
    {
        private const int MaxMore = 1000;

        public ThreatRecord First { get; } = first;

        public string Source { get; } = fields.Source.ToString();

        public long Order { get; } = first.At.Ordinal;

        public long Events { get; private set; }

        public long LastNs { get; private set; }

        public List<string> Destinations { get; } = [];

        public HashSet<string> MoreDestinations { get; } = [];

        public void Count(ThreatRecord threat, ThreatFields fields)
        {
            Events++;
            LastNs = Math.Max(LastNs, threat.At.TimestampNs);
            string destination = fields.HasPorts ? $"{fields.Destination}:{fields.DestinationPort}" : fields.Destination.ToString();
            if (Destinations.Contains(destination))
            {
                return;
            }

            if (Destinations.Count < MaxDestinations)
            {
                Destinations.Add(destination);
            }
            else if (MoreDestinations.Count < MaxMore)
            {
                MoreDestinations.Add(destination);
            }
        }
    }
}
