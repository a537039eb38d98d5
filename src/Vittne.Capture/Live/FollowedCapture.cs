using Vittne.Capture.Sources;

namespace Vittne.Capture.Live;

/// <summary>
/// A capture file that something else still writes. A record that is not whole yet is waited for; what is already there comes at once. It ends when it
/// is stopped, or at damage.
/// </summary>
public sealed class FollowedCapture : ILiveSource
{
    /// <summary>How often one looks whether there is more. To be told by the system would need rights that a sandbox takes away.</summary>
    private const int LookMilliseconds = 20;

    private readonly CaptureReader _reader;
    private bool _isStopped;
    private bool _hasEnded;

    private FollowedCapture(CaptureReader reader) => _reader = reader;

    /// <inheritdoc/>
    public string Name => _reader.Path;

    /// <inheritdoc/>
    public ushort LinkType => _reader.Sections.Count > 0 && _reader.Sections[0].Interfaces.Count > 0 ? _reader.Sections[0].Interfaces[0].LinkType : (ushort)1;

    /// <inheritdoc/>
    public string? Failure => _reader.Outcome is ReadOutcome.Cut or ReadOutcome.Damaged && _reader.Notes.Count > 0 ? $"is not read any more: {_reader.Notes[^1]}" : null;

    /// <summary>Time stands still while nothing comes: the writer may keep packets back for as long as it likes.</summary>
    public long HorizonNs => long.MinValue;

    /// <summary>Opens a file, waiting until its header is there.</summary>
    /// <param name="path">The file; it must exist.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="CaptureFormatException">It is no capture, or one that cannot be followed.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static FollowedCapture Open(string path, CancellationToken cancellation, CaptureReaderOptions? options = null) =>
        new(OpenReader(path, cancellation, options));

    /// <summary>The same as a reader, whose <see cref="CaptureReader.Read"/> gives what is there and does not wait.</summary>
    public static CaptureReader OpenReader(string path, CancellationToken cancellation, CaptureReaderOptions? options = null)
    {
        while (!CaptureSource.HasHeader(path))
        {
            cancellation.ThrowIfCancellationRequested();
            cancellation.WaitHandle.WaitOne(LookMilliseconds);
        }

        return CaptureReader.Open(path, (options ?? new CaptureReaderOptions()) with { Follows = true });
    }

    /// <summary>Waits until a reader that has come to the end of its file can go on; false when that took too long.</summary>
    public static bool WaitForMore(CaptureReader reader, int milliseconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        long endsAt = Environment.TickCount64 + milliseconds;
        while (reader is { IsWaiting: true, HasGrown: false })
        {
            long left = endsAt - Environment.TickCount64;
            if (left <= 0 || cancellation.WaitHandle.WaitOne((int)Math.Min(left, LookMilliseconds)))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public LiveCounters Counters() => new(_reader.Counters.Packets, _reader.Counters.Packets, 0, 0, 0);

    /// <inheritdoc/>
    public bool Wait(int milliseconds) => _isStopped || _hasEnded || WaitForMore(_reader, milliseconds, CancellationToken.None);

    /// <inheritdoc/>
    public ReadOutcome Read(PacketBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOutcome outcome = _reader.Read(batch);
        _hasEnded = outcome != ReadOutcome.More || (_isStopped && _reader.IsWaiting && batch.Count == 0);
        return _hasEnded ? ReadOutcome.End : ReadOutcome.More;
    }

    /// <inheritdoc/>
    public void Stop() => _isStopped = true;

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
