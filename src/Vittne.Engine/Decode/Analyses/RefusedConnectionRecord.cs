using Vittne.Packets.Records;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>A connection that was refused: its SYN was answered by RST and ACK.</summary>
public sealed record RefusedConnectionRecord : Record;
