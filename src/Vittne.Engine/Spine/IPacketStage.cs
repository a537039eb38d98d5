using Vittne.Packets;

namespace Vittne.Engine.Spine;

/// <summary>What a worker does with the packets of its flows.</summary>
public interface IPacketStage
{
    /// <summary>Looks at where the packet's flow would be, before the packets of a batch are taken: <see cref="Vittne.Flows.FlowTracker.Warm"/>.</summary>
    int Warm(in DecodedPacket packet) => 0;

    /// <summary>
    /// True when <see cref="OnAnyPacket"/> is to be called. Asked once for each batch, so that nobody pays who does not look at single packets.
    /// </summary>
    bool SeesAllPackets => false;

    /// <summary>
    /// True when packets are also shown to the workers that own the flows of the tunnels around them and of the packets that they quote:
    /// <see cref="DecodedBatch.Carriers"/>, <see cref="DecodedBatch.Quotes"/>. <see cref="OnAnyPacket"/> must then ask which part is its own.
    /// </summary>
    bool SeesCarriers => false;

    /// <summary>Says which flows this worker owns: those whose shard is <paramref name="number"/> modulo <paramref name="workers"/>.</summary>
    void SetShare(int number, int workers)
    {
    }

    /// <summary>
    /// Takes the next packet, whatever it is, before <see cref="OnPacket"/> gets it: also those without addresses, which belong to the first
    /// worker, and fragments that wait for others. Each packet is shown to one worker.
    /// </summary>
    /// <param name="batch">The batch that holds it: its bytes, headers, tunnels and anomalies.</param>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="at">Which packet.</param>
    void OnAnyPacket(DecodedBatch batch, int index, in PacketStamp at)
    {
    }

    /// <summary>Takes the next packet that has addresses and is no waiting fragment.</summary>
    void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at);

    /// <summary>Takes a first fragment whose datagram never became whole.</summary>
    void OnOrphan(in OrphanFragment fragment, in PacketStamp at);

    /// <summary>The batch is over: timers run.</summary>
    void OnBatchEnd(in PacketStamp now);

    /// <summary>
    /// True when what the end of the input tells is so much that it comes in parts: <see cref="OnEndPart"/> is called several times before
    /// <see cref="OnEnd"/>, and what each tells is collected before the next.
    /// </summary>
    bool EndsInParts => false;

    /// <summary>The input is over: tells what began up to a packet.</summary>
    /// <param name="last">The last packet of the run.</param>
    /// <param name="ordinal">Up to which packet; never less than in the call before.</param>
    void OnEndPart(in PacketStamp last, long ordinal)
    {
    }

    /// <summary>The input is over.</summary>
    void OnEnd(in PacketStamp last);
}
