using System.Diagnostics;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Capture.Pcapng;
using Vittne.Capture.Writing;
using Vittne.Engine.Filter.Editors;
using Vittne.Engine.Filter.Files;

namespace Vittne.Engine.Filter;

/// <summary>Reads captures and writes the packets that are wanted.</summary>
/// <param name="options">Which packets, and where to.</param>
public sealed partial class FilterRun(FilterOptions options) : IDisposable
{
    /// <summary>Bytes of packets that are sorted in memory.</summary>
    private const int SortLength = 256 << 20;

    private static readonly CaptureReaderOptions Reading = new() { Verbatim = true };

    private readonly FilterSummary _summary = new();
    private readonly PacketSelection _selection = new(options);
    private readonly EditorChain _editors = new(options);
    private readonly OutputForm _form = new();
    private PacketBatch _batch = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private IPacketSink? _sink;
    private PacketSorter? _sorter;
    private bool _isReady;
    private bool _waitsForLinkType;
    private bool _isOver;

    /// <summary>Does it all.</summary>
    public FilterSummary Run(CancellationToken cancellation)
    {
        try
        {
            if (options.IsMerged)
            {
                ReadMerged(cancellation);
            }
            else
            {
                ReadInTurn(cancellation);
            }

            _sorter?.Drain(Write);
            if (_waitsForLinkType && _sink is null)
            {
                // No packet was wanted: the file is empty, but a capture.
                _sink = SinkFactory.Open(options, _form);
            }

            _summary.IsStopped = cancellation.IsCancellationRequested && !options.Follows;
            _sink?.Complete();
        }
        catch (OutputException failure)
        {
            _summary.OutputFailure = failure.Message;
            _summary.IsReaderGone = failure.IsReaderGone;
            _sink?.Rescue();
        }

        if (options.Expression is { } expression && !_summary.IsRefused)
        {
            _summary.Notes.AddRange(expression.Refusals());
        }

        _summary.Expression = options.Expression?.Expression;
        _summary.Duplicates = _editors.Duplicates;
        return _summary;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sink?.Dispose();
        _sorter?.Dispose();
        _editors.Dispose();
    }

    /// <summary>Opens the output once it is known what it has to hold; false when it cannot hold it.</summary>
    private bool IsReady(FilterInput input)
    {
        if (!_isReady)
        {
            _isReady = true;
            if (!IsExpressionFit())
            {
                return false;
            }
        }

        if (_sink is null && options.OutputPath is not null)
        {
            // Captures describe interfaces that have no packets: which link type the file needs is known with its first packet.
            _waitsForLinkType = !options.IsPcapng && _form.LinkTypes.Count > 1;
            _sink = _waitsForLinkType ? null : SinkFactory.Open(options, _form);
            _sorter ??= options.IsSorted ? new PacketSorter(FolderOf(options.OutputPath), SortLength) : null;
        }

        if (input.Direct is null && !_waitsForLinkType && _editors.IsEmpty && _sorter is null)
        {
            input.Direct = _sink?.TakesRecordsOf(input.Reader);
        }

        return true;
    }

    /// <summary>
    /// Compiles the expression for all link types that are known. One that lacks its words is refused only when all do: captures describe
    /// interfaces that have no packets.
    /// </summary>
    private bool IsExpressionFit()
    {
        if (options.Expression is not { } expression)
        {
            return true;
        }

        if (_form.ReservedLinkTypeBits is var bits and not 0)
        {
            _summary.Refusal = $"reserved bits of the link type are set (0x{bits:x8}), so what an expression means is not known; without one the packets are copied";
            return false;
        }

        FilterError? firstError = null;
        int fit = 0;
        bool isEmpty = true;
        foreach (ushort linkType in _form.SourceLinkTypes)
        {
            if (!expression.TryPrepare(linkType, out FilterError? error))
            {
                firstError ??= error;
                continue;
            }

            fit++;
            isEmpty &= expression.ProvenEmpty(linkType);
        }

        _summary.ExpressionError = fit == 0 ? firstError : null;
        _summary.IsProvenEmpty = isEmpty && fit > 0;
        return _summary.ExpressionError is null;
    }

    private void Take(FilterInput input)
    {
        LookForVlans();
        if (input.Direct is { } writer && !input.HasLongPackets())
        {
            TakeRuns(writer);
            return;
        }

        int nextBlock = 0;
        for (int i = 0; i < _batch.Count && !_isOver; i++)
        {
            WriteBlocks(_batch, ref nextBlock, i);
            TakeOne(input, i);
        }

        WriteBlocks(_batch, ref nextBlock, _batch.Count);
    }

    /// <summary>Some packets of each batch tell whether a hint about tags is of use, should nothing match.</summary>
    private void LookForVlans()
    {
        const int Looks = 8;
        if (options.Expression is not null && !_summary.HasVlans)
        {
            for (int i = 0; i < Math.Min(_batch.Count, Looks); i++)
            {
                _summary.HasVlans |= VlanStripper.HasTag(_batch.Bytes(i), _batch.Packets[i].LinkType);
            }
        }
    }

    private void TakeOne(FilterInput input, int index)
    {
        OutputPacket packet = input.Packet(index);
        if (!_selection.Keeps(input.Batch.Packets[index], ++_summary.Packets, packet.Data) || !_editors.Edit(ref packet))
        {
            return;
        }

        if (_editors.Problem is { } problem)
        {
            _summary.Problem = $"{input.Reader.Path}: packet {input.Batch.Packets[index].Number} {problem}";
            _isOver = true;
            return;
        }

        if (_sorter is not null)
        {
            _sorter.Add(packet);
        }
        else
        {
            Write(packet);
        }

        _isOver |= ++_summary.Kept >= options.MaxPackets;
    }

    private void Write(in OutputPacket packet)
    {
        if (_sink is null)
        {
            if (!_waitsForLinkType)
            {
                return;
            }

            _form.Choose(CaptureLinkTypes.Written(packet.LinkType));
            _sink = SinkFactory.Open(options, _form);
        }

        if (_waitsForLinkType && CaptureLinkTypes.Written(packet.LinkType) != _form.LinkType)
        {
            // Nothing is better than a part: the file never gets its name.
            _summary.Refusal = $"the packets have link types {string.Join(", ", _form.LinkTypes)}, of which a pcap file holds one; use --format pcapng";
            _isOver = true;
            _waitsForLinkType = false;
            _sink.Dispose();
            _sink = null;
            return;
        }

        if (!options.IsPcapng && CaptureLinkTypes.Written(packet.LinkType) != _form.LinkType)
        {
            _summary.Problem = $"a packet has link type {packet.LinkType}, and the pcap file holds {_form.LinkType} only; use --format pcapng";
            _isOver = true;
            return;
        }

        _sink.Write(packet);
        _isOver |= _sink.IsOver;
    }

    private void WriteBlocks(PacketBatch batch, ref int next, int before)
    {
        IReadOnlyList<CaptureBlock> blocks = batch.Blocks;
        for (; next < blocks.Count && blocks[next].Before <= before; next++)
        {
            _sink?.WriteBlock(batch.Section!, blocks[next]);
        }
    }

    private static string FolderOf(string path) =>
        path == CaptureOutput.StandardOutput || path.StartsWith("/dev/", StringComparison.Ordinal)
            ? Path.GetTempPath()
            : Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetTempPath();
}
