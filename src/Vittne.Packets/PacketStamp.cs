namespace Vittne.Packets;

/// <summary>Which packet something was seen in.</summary>
/// <param name="TimestampNs">Its time in nanoseconds since the epoch, UTC.</param>
/// <param name="Number">Its number in its capture, from 1.</param>
/// <param name="Ordinal">Its number in the run, from 1, over all captures: what records are ordered by.</param>
/// <param name="Capture">Which capture of the run, from 0.</param>
public readonly record struct PacketStamp(long TimestampNs, long Number, long Ordinal, int Capture);
