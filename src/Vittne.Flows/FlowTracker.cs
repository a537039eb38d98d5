using Vittne.Packets;

namespace Vittne.Flows;

/// <summary>The flows of one worker: those shards of the flow hash that it owns.</summary>
public sealed class FlowTracker
{
    /// <summary>Parts into which all flows are divided; the most workers that can share them.</summary>
    public const int Shards = 64;

    private readonly FlowShard?[] _shards = new FlowShard?[Shards];
    private readonly FlowHandler _handler;
    private readonly FlowOptions _options;

    /// <summary>Makes a tracker. A shard costs nothing before its first packet, so a short capture starts fast.</summary>
    public FlowTracker(FlowHandler handler, FlowOptions options)
    {
        _handler = handler;
        _options = options;
    }

    /// <summary>What was given up.</summary>
    public FlowCounters Counters { get; } = new();

    /// <summary>The shard of a packet, from 0.</summary>
    public static int ShardOf(in DecodedPacket packet) => (int)(packet.FlowHash >> 26);

    /// <summary>
    /// Looks at where the flow of a packet would be. Called for all packets of a batch before they are taken, it lets the processor wait for
    /// many places in memory at once instead of for each in turn.
    /// </summary>
    /// <returns>A number of no meaning, so that the look is not left out.</returns>
    public int Warm(in DecodedPacket packet) => _shards[ShardOf(packet)]?.Warm(packet.FlowHash) ?? 0;

    /// <summary>Takes the next packet.</summary>
    /// <param name="packet">Its headers; addresses must be set.</param>
    /// <param name="payload">Its transport payload.</param>
    /// <param name="tunnel">The tunnels around it, outermost first.</param>
    /// <param name="at">Which packet.</param>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
        (_shards[ShardOf(packet)] ??= new FlowShard(_handler, _options, Counters, Shards)).OnPacket(packet, payload, tunnel, at);

    /// <summary>Ends flows whose time is over. Called at the same packets whatever the number of workers.</summary>
    /// <param name="now">The latest packet of the run, with the highest time seen so far.</param>
    public void Advance(in PacketStamp now)
    {
        foreach (FlowShard? shard in _shards)
        {
            shard?.Advance(now);
        }
    }

    /// <summary>The input ended.</summary>
    /// <param name="at">The last packet of the run.</param>
    public void EndAll(in PacketStamp at)
    {
        foreach (FlowShard? shard in _shards)
        {
            shard?.EndAll(at);
        }
    }
}
