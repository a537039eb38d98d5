using Vittne.Capture;
using Vittne.Capture.Filters.Match;
using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter;

/// <content>Records that are wanted one after another are written as they lie in memory.</content>
public sealed partial class FilterRun
{
    private void TakeRuns(PcapWriter writer)
    {
        int count = _batch.Count;
        if (_selection.IsEverything)
        {
            int taken = (int)Math.Min(count, options.MaxPackets - _summary.Kept);
            Copy(writer, 0, taken);
            _summary.Packets += taken;
            return;
        }

        if (options.MaxPackets == long.MaxValue && _selection.ProgramAlone(_batch.Packets[0].LinkType) is { } program)
        {
            TakeMatches(writer, program);
            return;
        }

        int first = 0;
        int index = 0;
        for (; index < count && !_isOver; index++)
        {
            if (!_selection.Keeps(_batch.Packets[index], ++_summary.Packets, _batch.Bytes(index)))
            {
                Copy(writer, first, index);
                first = index + 1;
            }
            else
            {
                _isOver = _summary.Kept + index + 1 - first >= options.MaxPackets;
            }
        }

        Copy(writer, first, index);
    }

    private void TakeMatches(PcapWriter writer, FilterProgram program)
    {
        PacketRef[] packets = _batch.Packets;
        int count = _batch.Count;
        int first = 0;
        for (int index = 0; index < count; index++)
        {
            if (!program.Matches(_batch.Bytes(index), packets[index].OriginalLength))
            {
                Copy(writer, first, index);
                first = index + 1;
            }
        }

        Copy(writer, first, count);
        _summary.Packets += count;
    }

    private void Copy(PcapWriter writer, int first, int end)
    {
        if (end > first)
        {
            writer.WriteRecords(_batch.Records(first, end), end - first);
            _summary.Kept += end - first;
            _isOver |= _summary.Kept >= options.MaxPackets;
        }
    }
}
