using Vittne.Capture;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading;

/// <summary>
/// The inputs of a run: files of records, and captures, which are one run together so that flows go on from one to the next. Records of files named
/// before the first capture come before its flows, all others behind them.
/// </summary>
public sealed class FlowInputs : IDisposable
{
    private readonly List<string> _captures = [];
    private readonly List<FlowInput?> _before = [];
    private readonly List<string> _beforePaths = [];
    private readonly List<FlowInput?> _after = [];
    private readonly List<string> _afterPaths = [];
    private readonly List<string> _notes = [];
    private FlowInput? _standardInput;

    private FlowInputs()
    {
    }

    /// <summary>The captures, in order; what cannot be opened counts as one, so that whoever reads captures tells why.</summary>
    public IReadOnlyList<string> Captures => _captures;

    /// <summary>Standard input when it is a capture: its start was looked at already.</summary>
    public Stream? StandardInput => _standardInput?.Content;

    /// <summary>Records read.</summary>
    public long Records { get; private set; }

    /// <summary>Files of records that were read.</summary>
    public int Files { get; private set; }

    /// <summary>Files that could not be read, or of which nothing could.</summary>
    public int Failed { get; private set; }

    /// <summary>Lines or messages that could not be read.</summary>
    public long Broken { get; private set; }

    /// <summary>What the user must know of them, a line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Looks at the start of every input.</summary>
    /// <param name="paths">Files, and <c>-</c> for standard input.</param>
    public static FlowInputs Open(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var inputs = new FlowInputs();
        foreach (string path in paths)
        {
            inputs.Add(path);
        }

        return inputs;
    }

    /// <summary>Reads the records that come before the captures.</summary>
    public void ReadBefore(Action<FlowRecord> told, CancellationToken cancellation) => Read(_before, _beforePaths, told, cancellation);

    /// <summary>Reads the records that come behind them.</summary>
    public void ReadAfter(Action<FlowRecord> told, CancellationToken cancellation) => Read(_after, _afterPaths, told, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _standardInput?.Dispose();
        foreach (FlowInput? input in (IEnumerable<FlowInput?>)[.. _before, .. _after])
        {
            input?.Dispose();
        }
    }

    private void Add(string path)
    {
        bool isStandardInput = path == CaptureReader.StandardInput;
        FlowInput? input = null;
        try
        {
            input = FlowInput.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads captures meets the same and tells it.
        }

        if (input is { HasRecords: true })
        {
            // Files are opened again when it is their turn: there may be more of them than descriptors.
            if (!isStandardInput)
            {
                input.Dispose();
                input = null;
            }

            (_captures.Count == 0 ? _before : _after).Add(input);
            (_captures.Count == 0 ? _beforePaths : _afterPaths).Add(path);
            return;
        }

        _captures.Add(path);
        if (isStandardInput)
        {
            _standardInput = input;
        }
        else
        {
            input?.Dispose();
        }
    }

    private void Read(List<FlowInput?> inputs, List<string> paths, Action<FlowRecord> told, CancellationToken cancellation)
    {
        for (int i = 0; i < inputs.Count && !cancellation.IsCancellationRequested; i++)
        {
            try
            {
                using FlowInput input = inputs[i] ?? FlowInput.Open(paths[i]);
                FlowReadSummary summary = input.Read(told, cancellation);
                Files++;
                Records += summary.Records;
                Broken += summary.Broken;
                Failed += summary.Records == 0 && summary.Broken > 0 ? 1 : 0;
                if (summary.Note(paths[i]) is { } note)
                {
                    _notes.Add(note);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Failed++;
                _notes.Add($"{paths[i]}: {e.Message}");
            }
        }
    }
}
