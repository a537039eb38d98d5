using Vittne.Packets;

namespace Vittne.Flows.Analysis.Scans;

/// <summary>One flow as a part of a scan.</summary>
/// <param name="StartNs">Its first packet.</param>
/// <param name="EndNs">Its last packet.</param>
/// <param name="Target">Whom it went to.</param>
/// <param name="Port">Port there; 0 without.</param>
/// <param name="IsUnanswered">True when it was not answered as a service answers.</param>
/// <param name="IsOpen">True when something is there: SYN-ACK, a datagram or an echo came back.</param>
/// <param name="IsCompleted">True when the sender completed the connection.</param>
/// <param name="FlowId">The flow; -1 unknown.</param>
/// <param name="LastPacket">Its last packet's number; -1 unknown.</param>
/// <param name="Capture">Its capture; null unknown.</param>
internal readonly record struct ScanAttempt(
    long StartNs, long EndNs, IpAddress Target, int Port, bool IsUnanswered, bool IsOpen, bool IsCompleted, long FlowId, long LastPacket, string? Capture);
