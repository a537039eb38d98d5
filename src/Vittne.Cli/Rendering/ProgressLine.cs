using System.Diagnostics;
using System.Globalization;

namespace Vittne.Cli.Rendering;

/// <summary>The line on a terminal that shows how far a long run is: bytes, rate, time left. Gone when the run ends.</summary>
/// <param name="error">Standard error.</param>
internal sealed class ProgressLine(TextWriter error)
{
    private const double Mega = 1e6;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _finished;
    private string _capture = "";
    private long _lastRead;
    private bool _isShown;

    /// <summary>A line when standard error is a terminal, else null.</summary>
    public static ProgressLine? For(TextWriter error, bool isOff) =>
        !isOff && ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? new ProgressLine(error) : null;

    /// <summary>Shows progress within a capture.</summary>
    public void Show(string capture, long read, long? total)
    {
        if (capture != _capture)
        {
            _finished += _lastRead;
            _capture = capture;
        }

        _lastRead = read;
        double seconds = _clock.Elapsed.TotalSeconds;
        if (seconds < 0.5)
        {
            return;
        }

        double rate = (_finished + read) / seconds;
        string left = total is { } all && rate > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {all / Mega:N0} MB, {(all - read) / rate:N0} s left") : " MB";
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[K{TerminalText.Escape(Path.GetFileName(capture))}: {read / Mega:N0}{left}, {rate / Mega:N0} MB/s"));
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
