using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Spine;

/// <summary>One batch on its way from the source through the workers to the collector. Slots are used again and again.</summary>
internal sealed class BatchSlot
{
    private readonly object _gate = new();
    private int _left;
    private bool _isCollected;

    public BatchSlot(int workers)
    {
        Output = new List<Record>[workers];
        Shares = new PacketShare[workers];
        for (int i = 0; i < workers; i++)
        {
            Output[i] = [];
            Shares[i] = new PacketShare();
        }
    }

    /// <summary>The packets and what their headers say.</summary>
    public DecodedBatch Batch { get; } = new();

    /// <summary>Which packets each worker takes.</summary>
    public PacketShare[] Shares { get; }

    /// <summary>What each worker found; a list each, so that no one waits.</summary>
    public List<Record>[] Output { get; }

    /// <summary>Ordinal of the first packet of the batch in the run.</summary>
    public long FirstOrdinal { get; set; }

    /// <summary>Which capture of the run it is from.</summary>
    public int Capture { get; set; }

    /// <summary>The last packet of the batch, with the highest time seen so far in the run: when timers run.</summary>
    public PacketStamp Now { get; set; }

    /// <summary>True for the batch that ends the run: flows are ended after it.</summary>
    public bool IsLast { get; set; }

    /// <summary>Up to which packet flows are ended after the batch, when the run ends in parts; 0 for other batches.</summary>
    public long EndsUpTo { get; set; }

    /// <summary>True when all workers are through with the batch.</summary>
    public bool IsFinished => Volatile.Read(ref _left) == 0;

    /// <summary>True when the records were taken out as well: the slot can be used again.</summary>
    public bool IsCollected => Volatile.Read(ref _isCollected);

    /// <summary>So many workers have to take the batch.</summary>
    public void Begin(int workers)
    {
        Volatile.Write(ref _isCollected, false);
        Volatile.Write(ref _left, workers);
    }

    /// <summary>One worker is through.</summary>
    public void FinishOne() => Interlocked.Decrement(ref _left);

    /// <summary>The records were taken out.</summary>
    public void FinishCollecting()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isCollected, true);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until the records were taken out.</summary>
    public void Wait()
    {
        lock (_gate)
        {
            while (!IsCollected)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Lists who takes which packet.</summary>
    /// <param name="seesAll">True when packets without addresses and waiting fragments are taken as well.</param>
    /// <param name="seesCarriers">True when who owns the flow of a tunnel around a packet, or of what it quotes, takes it as well.</param>
    public void Share(bool seesAll, bool seesCarriers)
    {
        foreach (PacketShare share in Shares)
        {
            share.Clear();
        }

        int workers = Shares.Length;
        int carrier = 0, quote = 0;
        ReadOnlySpan<DecodedPacket> packets = Batch.Decoded.AsSpan(0, Batch.Packets.Count);
        for (int i = 0; i < packets.Length; i++)
        {
            ref readonly DecodedPacket packet = ref packets[i];
            bool hasIp = (packet.Flags & DecodedFlags.HasIp) != 0;
            if (seesAll || (hasIp && (packet.Flags & DecodedFlags.Fragment) == 0))
            {
                Shares[hasIp && workers > 1 ? FlowTracker.ShardOf(packet) % workers : 0].Add(i);
            }

            if (seesCarriers && workers > 1)
            {
                ShareCarriers(i, ref carrier, ref quote);
            }
        }
    }

    private void ShareCarriers(int index, ref int carrier, ref int quote)
    {
        for (; carrier < Batch.Carriers.Count && Batch.Carriers[carrier].Index <= index; carrier++)
        {
            Shares[FlowTracker.ShardOf(Batch.Carriers[carrier].Packet) % Shares.Length].AddOnce(index);
        }

        for (; quote < Batch.Quotes.Count && Batch.Quotes[quote].Index <= index; quote++)
        {
            Shares[FlowTracker.ShardOf(Batch.Quotes[quote].Packet) % Shares.Length].AddOnce(index);
        }
    }

    /// <summary>The stamp of a packet of the batch.</summary>
    public PacketStamp StampOf(int index)
    {
        ref readonly Capture.PacketRef packet = ref Batch.Packets.Packets[index];
        return new PacketStamp(packet.TimestampNs, packet.Number, FirstOrdinal + index, Capture);
    }
}
