namespace Vittne.TestKit;

/// <summary>A text that is written on one thread and that another one waits for.</summary>
public sealed class AwaitedText : StringWriter
{
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _seen = new();
    private readonly string _awaited;

    /// <summary>Makes an empty text.</summary>
    /// <param name="awaited">What to wait for.</param>
    public AwaitedText(string awaited)
    {
        _awaited = awaited;
        NewLine = "\n";
    }

    /// <summary>Waits until the awaited words were written; false when that takes too long.</summary>
    public bool Wait(TimeSpan atMost) => _seen.Wait(atMost);

    /// <inheritdoc/>
    public override void Write(char value)
    {
        lock (_lock)
        {
            base.Write(value);
        }
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        lock (_lock)
        {
            base.Write(buffer, index, count);
            Look();
        }
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        lock (_lock)
        {
            base.Write(value);
            Look();
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            base.WriteLine(value);
            Look();
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lock)
        {
            return base.ToString();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _seen.Dispose();
        base.Dispose(disposing);
    }

    private void Look()
    {
        if (!_seen.IsSet && ToString().Contains(_awaited, StringComparison.Ordinal))
        {
            _seen.Set();
        }
    }
}
