using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>What the meter keeps beside each table entry. It holds the first packet; the rest is made when a second one comes.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MeasuredFlow
{
    /// <summary>The first packet.</summary>
    public PacketMeasure First;

    /// <summary>Index of the detail plus one; 0 while there is one packet.</summary>
    public int Detail;

    /// <summary>How many tunnels are inside of it: 0 for the innermost packet.</summary>
    public byte Level;

    /// <summary>The service.</summary>
    public FlowService Service;

    /// <summary>True when the originator is who got the first packet.</summary>
    public bool IsTurned;
}
