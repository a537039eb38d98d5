using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>
/// One end of a TCP connection. Positions are 64-bit distances from <see cref="Start"/>: the SYN is at 0, the first byte of data at 1, also
/// where the SYN was not captured.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct TcpSide
{
    /// <summary>Behind the highest segment that is trusted.</summary>
    public long Last;

    /// <summary>Highest position that the peer acknowledged.</summary>
    public long Acknowledged;

    /// <summary>All data before it came.</summary>
    public long Next;

    /// <summary>Behind the highest data that came.</summary>
    public long DataEnd;

    /// <summary>Behind the FIN; 0 without.</summary>
    public long FinEnd;

    /// <summary>Payload bytes, each position once.</summary>
    public long UniqueBytes;

    /// <summary>Bytes that were acknowledged while the connection was up and had not come by then.</summary>
    public long MissedBytes;

    /// <summary>Up to where such bytes were looked for.</summary>
    public long Trimmed;

    /// <summary>Bytes that the peer acknowledged of a side that was never captured.</summary>
    public long UnseenBytes;

    /// <summary><see cref="UniqueBytes"/> and <see cref="GapBytes"/> when the record began.</summary>
    public long RecordUnique;

    public long RecordBase;
    public long RetransmittedBytes;

    /// <summary>The data whose acknowledgment is waited for, to measure a round trip: behind its end; 0 for none.</summary>
    public long SampleEnd;

    public long SampleNs;
    public int Retransmissions;
    public int RepeatedSegments;
    public int OutOfOrder;
    public int ZeroWindows;
    public int RecordZeroWindows;
    public int Gaps;
    public int Syns;
    public int Fins;

    /// <summary>Sequence number of position 0.</summary>
    public uint Start;

    /// <summary>Sequence number of the SYN; with <see cref="Syns"/>.</summary>
    public uint InitialSequence;

    /// <summary>Last acknowledgment for a side that was never captured; with <see cref="HasUnseen"/>.</summary>
    public uint LastUnseen;

    /// <summary>Low bits of the positions of the last SYN, FIN and RST in the history.</summary>
    public uint HistorySyn;

    public uint HistoryFin;
    public uint HistoryReset;

    /// <summary>Last and largest window, scaled.</summary>
    public uint Window;

    public uint MaxWindow;
    public ushort Flags;
    public ushort SegmentSize;

    /// <summary>Window of the first segment as in its header.</summary>
    public ushort InitialWindow;

    /// <summary>Scale of the SYN plus one; 0 without.</summary>
    public byte Scale;

    public TcpOptionSet Options;
    public EndpointState State;
    public EndpointState PreviousState;
    public bool IsClosed;
    public bool IsClosing;
    public bool HasUnseen;
    public bool HasWindow;

    /// <summary>The position of a sequence number, near another position.</summary>
    public readonly long PositionOf(uint sequence, long near) => near + (int)(sequence - (Start + (uint)near));

    /// <summary>True when it is connected, or was until its FIN.</summary>
    public readonly bool WasUp => State == EndpointState.Established || (State == EndpointState.Closed && PreviousState == EndpointState.Established);

    /// <summary>Goes to another state.</summary>
    public void Enter(EndpointState state)
    {
        if (state != State)
        {
            PreviousState = State;
            State = state;
        }
    }

    /// <summary>Begins a new record of the same connection: what was counted counts no more, what was seen is remembered.</summary>
    public void BeginRecord()
    {
        RecordBase = GapBytes();
        RecordUnique = UniqueBytes;
        RetransmittedBytes = 0;
        RecordZeroWindows = ZeroWindows;
        Retransmissions = OutOfOrder = 0;
        MissedBytes = 0;
        Flags = 0;
    }

    /// <summary>Payload by sequence numbers as Zeek counts it: seen or acknowledged, without SYN and FIN.</summary>
    public readonly long StreamSize(in TcpSide peer)
    {
        if (PreviousState == EndpointState.SynSent && State == EndpointState.Reset && peer.State == EndpointState.Inactive && Acknowledged != 0)
        {
            // A half-open connection that was found and given up: it had no chance to send.
            return 0;
        }

        long size = Math.Max(Last, Acknowledged);
        size -= size > 0 ? 1 : 0;
        size -= Fins > 0 && size > 0 ? 1 : 0;
        return Math.Max(size, 0);
    }

    /// <summary>Bytes that must exist by sequence numbers and acknowledgments and were not captured.</summary>
    public readonly long GapBytes()
    {
        if (State == EndpointState.Inactive)
        {
            return UnseenBytes;
        }

        long acknowledged = FinEnd > 0 && Acknowledged >= FinEnd ? FinEnd - 1 : Acknowledged;
        long end = Math.Max(DataEnd, Math.Max(acknowledged, 1));
        return Math.Max(end - 1 - UniqueBytes, 0);
    }
}
