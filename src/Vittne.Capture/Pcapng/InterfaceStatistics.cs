namespace Vittne.Capture.Pcapng;

/// <summary>What an Interface Statistics Block counts (pcapng section 4.6); null is "not told".</summary>
/// <param name="Received">Packets that the interface received (isb_ifrecv).</param>
/// <param name="Dropped">Packets that the interface dropped for want of room (isb_ifdrop).</param>
/// <param name="FilterAccepted">Packets that the capture filter let through (isb_filteraccept).</param>
/// <param name="OperatingSystemDropped">Packets that the operating system dropped (isb_osdrop).</param>
/// <param name="Delivered">Packets that reached the recording program (isb_usrdeliv).</param>
public sealed record InterfaceStatistics(
    ulong? Received, ulong? Dropped, ulong? FilterAccepted, ulong? OperatingSystemDropped, ulong? Delivered);
