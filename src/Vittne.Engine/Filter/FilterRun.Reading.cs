using Vittne.Capture;
using Vittne.Capture.Live;

namespace Vittne.Engine.Filter;

/// <content>Inputs one after another, and what is told about each.</content>
public sealed partial class FilterRun
{
    /// <summary>How long to wait for more of a capture that grows before one looks whether the run is to end.</summary>
    private const int WaitMilliseconds = 100;

    private void ReadInTurn(CancellationToken cancellation)
    {
        ScoutForm();
        foreach (string path in options.Captures)
        {
            if (_isOver || _summary.IsRefused || cancellation.IsCancellationRequested)
            {
                break;
            }

            _batch = new PacketBatch();
            if (Open(path, _batch, cancellation) is { } input)
            {
                using (input)
                {
                    ReadAll(input, cancellation);
                }
            }
        }
    }

    private void ReadAll(FilterInput input, CancellationToken cancellation)
    {
        using ReadAhead? ahead = IsWorthReadingAhead(input.Reader) ? new ReadAhead(input.Reader) : null;
        PacketBatch? used = null;
        ReadOutcome outcome = ReadOutcome.More;
        while (outcome == ReadOutcome.More && !_isOver && !cancellation.IsCancellationRequested)
        {
            if (ahead is null)
            {
                outcome = input.Reader.Read(_batch);
            }
            else
            {
                _batch = used = ahead.Next(used, out outcome);
                input.Batch = _batch;
            }

            if (input.Reader.IsWaiting && _batch.Count == 0 && _batch.Blocks.Count == 0)
            {
                _sink?.FlushThrough();
                FollowedCapture.WaitForMore(input.Reader, WaitMilliseconds, cancellation);
                continue;
            }

            if (!_isReady)
            {
                _form.Add(input.Reader, _batch);
            }

            if (!IsReady(input))
            {
                return;
            }

            Take(input);
            _isOver |= _selection.IsPast(_summary.Packets);
            ReportProgress(input.Reader);
        }

        ahead?.Dispose();
        if (!_isReady)
        {
            // Nothing ever came to a capture that was followed.
            _form.Add(input.Reader, _batch);
            IsReady(input);
        }

        Close(input);
    }

    /// <summary>Not where the run may end before the input does: what is told about the input must not depend on how far a thread came.</summary>
    private bool IsWorthReadingAhead(CaptureReader reader) =>
        (options.Expression is not null || !_editors.IsEmpty)
        && options.MaxPackets == long.MaxValue && options.Numbers is null && options.Split is null
        && !options.Follows && ReadAhead.Helps(reader);

    private FilterInput? Open(string path, PacketBatch batch, CancellationToken cancellation)
    {
        try
        {
            CaptureReader reader = options.Follows ? FollowedCapture.OpenReader(path, cancellation, Reading) : CaptureReader.Open(path, Reading);
            var input = new FilterInput(reader, batch);
            _summary.CapturesRead++;
            return input;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _summary.CapturesFailed++;
            _summary.Notes.Add(e.Message);
            return null;
        }
    }

    private void Close(FilterInput input)
    {
        _summary.CapturesCut += input.Reader.Outcome is ReadOutcome.Cut or ReadOutcome.Damaged ? 1 : 0;
        foreach (string note in input.Reader.Notes)
        {
            _summary.Notes.Add($"{input.Reader.Path}: {note}");
        }
    }

    /// <summary>
    /// The header of a pcap file holds for all inputs, so their first packets are looked at beforehand; not those of streams, which can be
    /// read but once.
    /// </summary>
    private void ScoutForm()
    {
        if (options.Captures.Count == 1 || options.OutputPath is null || options.IsPcapng)
        {
            return;
        }

        foreach (string path in options.Captures)
        {
            if (path != CaptureReader.StandardInput && CapturePaths.IsCapture(path))
            {
                try
                {
                    using var reader = CaptureReader.Open(path, Reading);
                    reader.Read(_batch);
                    _form.Add(reader, _batch);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Told when it is read in its turn.
                }
            }
        }
    }

    private void ReportProgress(CaptureReader reader)
    {
        if (options.Progress is not null && _sinceProgress.ElapsedMilliseconds >= 100)
        {
            _sinceProgress.Restart();
            options.Progress(reader.Path, reader.BytesRead, reader.BytesTotal);
        }
    }
}
