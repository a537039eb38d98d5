using System.Diagnostics;
using System.Globalization;
using Vittne.Capture.Live;

namespace Vittne.Cli.Rendering;

/// <summary>The line on a terminal that shows a live run: packets, rate, drops, events. Gone when the run ends.</summary>
/// <param name="error">Standard error.</param>
internal sealed class LiveStatusLine(TextWriter error)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private long _captured;
    private bool _isShown;

    /// <summary>Whether the line is old enough to be renewed.</summary>
    public bool IsDue => _since.Elapsed >= Interval;

    /// <summary>A line when standard error is a terminal, else null.</summary>
    public static LiveStatusLine? For(TextWriter error, bool isOff) =>
        !isOff && ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? new LiveStatusLine(error) : null;

    /// <summary>Renews the line.</summary>
    public void Show(string name, LiveCounters counters, long events)
    {
        double rate = (counters.Captured - _captured) / _since.Elapsed.TotalSeconds;
        _captured = counters.Captured;
        _since.Restart();
        error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r\e[K{TerminalText.Escape(name)}: {counters.Captured:N0} packets, {rate:N0}/s, {counters.DroppedByKernel:N0} dropped, {events:N0} events"));
        _isShown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isShown)
        {
            error.Write("\r\e[K");
            _isShown = false;
        }
    }
}
