namespace Vittne.Flows.Metering;

/// <summary>Why a record is written.</summary>
internal enum FlowEnd : byte
{
    /// <summary>Nothing came for too long.</summary>
    Timeout,

    /// <summary>Another flow began between the same ports.</summary>
    Reused,

    /// <summary>The table was full.</summary>
    Evicted,

    /// <summary>The input is over.</summary>
    InputEnded,

    /// <summary>The flow goes on: its interval is over.</summary>
    Border,
}
