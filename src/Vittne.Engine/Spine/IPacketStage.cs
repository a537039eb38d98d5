using Vittne.Packets;

namespace Vittne.Engine.Spine;

/// <summary>What a worker does with the packets of its flows.</summary>
public interface IPacketStage
{
    /// <summary>Looks at where the packet's flow would be, before the packets of a batch are taken: <see cref="Flows.FlowTracker.Warm"/>.</summary>
    int Warm(in DecodedPacket packet);

    /// <summary>Takes the next packet that has addresses and is no waiting fragment.</summary>
    void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at);

    /// <summary>Takes a first fragment whose datagram never became whole.</summary>
    void OnOrphan(in OrphanFragment fragment, in PacketStamp at);

    /// <summary>The batch is over: timers run.</summary>
    void OnBatchEnd(in PacketStamp now);

    /// <summary>The input is over.</summary>
    void OnEnd(in PacketStamp last);
}
