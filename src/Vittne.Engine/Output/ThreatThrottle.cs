using Vittne.Packets;
using Vittne.Trails;

namespace Vittne.Engine.Output;

/// <summary>
/// Condenses floods: of each source and trail the first events of a window are passed on as they come, and the others as one event with their count
/// when the window ends. No event vanishes: the counts of what is passed on add up to the events taken. Windows are measured on the time of packets.
/// </summary>
/// <param name="options">Burst and window.</param>
/// <param name="output">Takes what is left.</param>
public sealed class ThreatThrottle(ThrottleOptions options, IThreatWriter output) : IThreatWriter
{
    // Open windows; beyond, the oldest ends early, so that a flood of distinct trails fills no memory.
    private const int MaxWindows = 100_000;
    private const long NsPerSecond = 1_000_000_000;

    private readonly Dictionary<Key, Window> _windows = [];
    private readonly Queue<Window> _open = [];
    private readonly long _windowNs = options.WindowSeconds * NsPerSecond;
    private long _clockNs;

    /// <summary>Events that were not told one by one.</summary>
    public long Condensed { get; private set; }

    /// <summary>What stands for them.</summary>
    public long CondensedInto { get; private set; }

    /// <inheritdoc/>
    public void Write(ThreatRecord threat, CondensedEvents? events = null)
    {
        ArgumentNullException.ThrowIfNull(threat);
        Advance(threat.At.TimestampNs);
        var key = new Key(new ThreatFields(threat).Source, threat.Type, threat.Trail, threat.Info);
        if (!_windows.TryGetValue(key, out Window? window))
        {
            if (_windows.Count >= MaxWindows)
            {
                Close(_open.Dequeue());
            }

            window = new Window(key, _clockNs);
            _windows.Add(key, window);
            _open.Enqueue(window);
        }

        if (window.Told < options.Burst)
        {
            window.Told++;
            output.Write(threat, new CondensedEvents(threat));
        }
        else if (window.Rest is null)
        {
            window.First = threat;
            window.Rest = new CondensedEvents(threat);
        }
        else
        {
            window.Rest.Add(threat);
        }
    }

    /// <inheritdoc/>
    public void PassOn() => output.PassOn();

    /// <inheritdoc/>
    public void Flush()
    {
        CloseAll();
        output.Flush();
    }

    // Packets of one capture may be a little out of order: the clock does not go back for them. A step back by more than a window is another
    // recording, in which the windows of the one before would never end.
    private void Advance(long nowNs)
    {
        if (_clockNs > nowNs && (ulong)(_clockNs - nowNs) > (ulong)_windowNs)
        {
            CloseAll();
            _clockNs = nowNs;
        }

        _clockNs = _open.Count == 0 ? nowNs : Math.Max(_clockNs, nowNs);
        while (_open.TryPeek(out Window? oldest) && (ulong)(_clockNs - oldest.StartNs) >= (ulong)_windowNs)
        {
            Close(_open.Dequeue());
        }
    }

    private void CloseAll()
    {
        while (_open.TryDequeue(out Window? window))
        {
            Close(window);
        }
    }

    private void Close(Window window)
    {
        _windows.Remove(window.Key);
        if (window is { First: { } first, Rest: { } rest })
        {
            Condensed += rest.Count;
            CondensedInto++;
            output.Write(first, rest);
        }
    }

    private readonly record struct Key(IpAddress Source, EventType Type, string Trail, string Info);

    private sealed class Window(Key key, long startNs)
    {
        public Key Key { get; } = key;

        public long StartNs { get; } = startNs;

        public int Told { get; set; }

        public ThreatRecord? First { get; set; }

        public CondensedEvents? Rest { get; set; }
    }
}
