namespace Vittne.Flows.Reassembly;

/// <summary>What a segment is among those of its direction that came before it.</summary>
public enum SegmentOrder : byte
{
    /// <summary>It brings bytes behind all others.</summary>
    New,

    /// <summary>It lies before others and brings bytes that none of them did.</summary>
    Late,

    /// <summary>All of its bytes were handed on before.</summary>
    Old,
}
