using System.Globalization;
using System.Runtime.InteropServices;
using Vittne.Capture.Live;
using Vittne.Cli.Rendering;
using Vittne.Engine.Sandbox;

namespace Vittne.Cli.Verbs;

/// <summary>A verb that reads from an interface: its signals, its status line and its counters.</summary>
internal sealed class LiveSession : IDisposable
{
    /// <summary>SIGUSR1 of Linux; a number that is no <see cref="PosixSignal"/> is taken as it is.</summary>
    private const PosixSignal TellCounters = (PosixSignal)10;

    private readonly ILiveSource _capture;
    private readonly string? _user;
    private readonly TextWriter _error;
    private readonly bool _isQuiet;
    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _signals;
    private readonly LiveStatusLine? _status;
    private volatile bool _isAsked;
    private string? _interruption;

    private LiveSession(ILiveSource capture, string? user, TextWriter error, bool isQuiet, CancellationToken cancellation)
    {
        _capture = capture;
        _user = user;
        _error = error;
        _isQuiet = isQuiet;
        _status = LiveStatusLine.For(error, isQuiet);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(TellCounters, Ask),
        ];
    }

    /// <summary>What packets come from.</summary>
    public ILiveSource Source => _capture;

    /// <summary>Set by the first Ctrl-C or SIGTERM; the second one ends the program at once.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Begins to capture and says so.</summary>
    /// <exception cref="LiveCaptureException">The interface cannot be captured.</exception>
    /// <exception cref="LiveFilterException">The expression asks for what the packets of the interface do not have.</exception>
    public static LiveSession Open(LiveRequest request, TextWriter error, bool isQuiet, CancellationToken cancellation)
    {
        ILiveSource capture = LiveSource.Open(request.Interface, request.Options);
        var session = new LiveSession(capture, request.User, error, isQuiet, cancellation);
        if (!isQuiet)
        {
            error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"vittne: listening on {TerminalText.Escape(request.Interface)}, ring of {capture.RingLength >> 20} MiB; Ctrl-C ends"));
        }

        return session;
    }

    /// <summary>Becomes the user that was asked for, if any. Call it when all that root must open is open.</summary>
    /// <returns>False when that cannot be, which is told.</returns>
    public bool TryBecomeUser()
    {
        string? problem = _user is null ? null : Privileges.Drop(_user);
        if (problem is not null)
        {
            _error.WriteLine($"vittne: -Z: {TerminalText.Escape(problem)}");
        }
        else if (_user is not null && !_isQuiet)
        {
            _error.WriteLine($"vittne: running as {TerminalText.Escape(_user)} from here on");
        }

        return problem is null;
    }

    /// <summary>Shows how it goes, where someone looks or asks.</summary>
    public void Show(long events)
    {
        if (_isAsked)
        {
            _isAsked = false;
            _status?.Clear();
            _error.WriteLine($"vittne: {_capture.Counters()}");
        }

        if (_capture.Interruption != _interruption)
        {
            _interruption = _capture.Interruption;
            _status?.Clear();
            _error.WriteLine($"vittne: {TerminalText.Escape(_capture.Name)} {(_interruption is null ? "is back" : $"{_interruption}; waiting for it to come back")}");
        }

        if (_status is { IsDue: true })
        {
            _status.Show(_capture.Name, _capture.Counters(), events);
        }
    }

    /// <summary>Tells the counters at the end; quietly only what was lost.</summary>
    public void Close()
    {
        _status?.Clear();
        LiveCounters counters = _capture.Counters();
        if (!_isQuiet || counters.DroppedByKernel > 0)
        {
            _error.WriteLine($"vittne: {counters}");
        }

        if (counters.DroppedByKernel > 0)
        {
            _error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"vittne: {counters.DroppedByKernel} packets found no room in the ring and were not looked at; a larger one (--ring) bridges longer bursts"));
        }

        if (_capture.OutOfOrder > 0)
        {
            _error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"vittne: {_capture.OutOfOrder} packets came so late that they stand behind newer ones"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
        _capture.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        _isAsked = true;
    }
}
