using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Files;

/// <summary>Packets go into one file after another.</summary>
/// <param name="create">Opens the file of a name.</param>
/// <param name="split">When the next one begins.</param>
/// <param name="closed">Called with each file that is complete; null when nobody asks.</param>
public sealed class SeriesSink(Func<string, CaptureWriter> create, IFileSplit split, Action<CaptureWriter>? closed) : IPacketSink
{
    /// <summary>Secrets that each file gets again: without them it cannot be decrypted on its own.</summary>
    private const int MaxSecrets = 1_024;

    private readonly List<(CaptureSection Section, CaptureBlock Block)> _secrets = [];
    private CaptureWriter? _writer;

    /// <inheritdoc/>
    public bool IsOver => split.IsOver;

    /// <summary>Files that were written to their end.</summary>
    public long Files { get; private set; }

    /// <inheritdoc/>
    public void Write(in OutputPacket packet)
    {
        if (_writer is null)
        {
            Open(packet.TimestampNs);
        }
        else if (split.Begins(packet, _writer))
        {
            Close();
            Open(packet.TimestampNs);
        }

        if (!split.IsOver)
        {
            _writer!.Write(packet);
        }
    }

    /// <inheritdoc/>
    public PcapWriter? TakesRecordsOf(CaptureReader reader) => null;

    /// <inheritdoc/>
    public void WriteBlock(CaptureSection section, in CaptureBlock block)
    {
        _writer?.WriteBlock(section, block);
        if (block.HoldsSecrets && _secrets.Count < MaxSecrets)
        {
            _secrets.Add((section, block));
        }
    }

    /// <inheritdoc/>
    public void FlushThrough() => _writer?.FlushThrough();

    /// <summary>Opens the next file before its first packet is there.</summary>
    public void Open(long timestampNs)
    {
        _writer = create(split.NextName(timestampNs));
        foreach ((CaptureSection section, CaptureBlock block) in _secrets)
        {
            _writer.WriteBlock(section, block);
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_writer is null && Files == 0)
        {
            Open(0);
        }

        Close();
    }

    /// <inheritdoc/>
    public void Rescue() => _writer?.Rescue();

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private void Close()
    {
        if (_writer is { } writer)
        {
            writer.Complete();
            Files++;
            closed?.Invoke(writer);
            writer.Dispose();
            _writer = null;
        }
    }
}
