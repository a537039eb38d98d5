using Vittne.Capture;

namespace Vittne.Engine.Filter;

/// <content>Several inputs at once: the packet with the lowest time goes first, of equal ones that of the first input.</content>
public sealed partial class FilterRun
{
    private void ReadMerged(CancellationToken cancellation)
    {
        var inputs = new List<FilterInput>();
        try
        {
            foreach (string path in options.Captures)
            {
                if (Open(path, new PacketBatch(), cancellation) is { } input)
                {
                    inputs.Add(input);
                    input.Reader.Read(input.Batch);
                    _form.Add(input.Reader, input.Batch);
                }
            }

            if (inputs.Count > 0 && inputs.TrueForAll(IsReady))
            {
                Merge(inputs, cancellation);
                inputs.ForEach(Close);
            }
        }
        finally
        {
            inputs.ForEach(static input => input.Dispose());
        }
    }

    private void Merge(List<FilterInput> inputs, CancellationToken cancellation)
    {
        var heads = new PriorityQueue<int, (long TimestampNs, int Input)>();
        for (int i = 0; i < inputs.Count; i++)
        {
            EnqueueHead(heads, inputs[i], i);
        }

        long sinceLook = 0;
        while (!_isOver && heads.TryDequeue(out int number, out _))
        {
            FilterInput input = inputs[number];
            TakeOne(input, input.Next++);
            EnqueueHead(heads, input, number);
            if (++sinceLook % PacketBatch.Capacity == 0)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return;
                }

                ReportProgress(input.Reader);
            }
        }
    }

    private void EnqueueHead(PriorityQueue<int, (long TimestampNs, int Input)> heads, FilterInput input, int number)
    {
        while (input.Next >= input.Batch.Count)
        {
            WriteBlocksOf(input);
            if (input.Reader.Outcome != ReadOutcome.More || input.Reader.Read(input.Batch) != ReadOutcome.More)
            {
                WriteBlocksOf(input);
                return;
            }

            input.Next = 0;
        }

        heads.Enqueue(number, (input.Batch.Packets[input.Next].TimestampNs, number));
    }

    /// <summary>Blocks without packets go behind the packets of their batch: where inputs alternate no place is theirs alone.</summary>
    private void WriteBlocksOf(FilterInput input)
    {
        int next = 0;
        WriteBlocks(input.Batch, ref next, int.MaxValue);
        input.Batch.ForgetBlocks();
    }
}
