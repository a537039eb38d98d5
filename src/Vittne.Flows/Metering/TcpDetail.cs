using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>What a TCP flow has once it shows a second packet.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TcpDetail
{
    /// <summary>The two ends.</summary>
    public SidePair Sides;

    /// <summary>Time of the SYN, the SYN-ACK and the ACK that ends the handshake; 0 for none.</summary>
    public long SynNs;

    public long SynAckNs;
    public long AckNs;

    /// <summary>Latest packet that was not behind both closes.</summary>
    public long ProductiveNs;

    public long RoundTripMinNs;
    public long RoundTripSumNs;
    public int RoundTrips;

    /// <summary>States in order of appearance, three bits each.</summary>
    public uint StateOrder;

    /// <summary>Which states appeared.</summary>
    public byte StatesSeen;

    /// <summary>True once a RST came.</summary>
    public readonly bool IsReset => Sides[0].State == EndpointState.Reset || Sides[1].State == EndpointState.Reset;

    /// <summary>True when nothing more is to come: both sides closed, or one reset it.</summary>
    public readonly bool IsOver => IsReset || (Sides[0].IsClosed && Sides[1].IsClosed)
        || (Sides[0].State == EndpointState.Closed && Sides[1].State == EndpointState.Closed);

    /// <summary>Notes that a state appeared; 0-5 for SYN, SYN-ACK, established, FIN, FIN acknowledged, RST.</summary>
    public void Show(int state)
    {
        if ((StatesSeen & (1 << state)) == 0)
        {
            StateOrder |= (uint)(state + 1) << (3 * System.Numerics.BitOperations.PopCount(StatesSeen));
            StatesSeen |= (byte)(1 << state);
        }
    }

    [InlineArray(2)]
    internal struct SidePair
    {
        private TcpSide _first;
    }
}
