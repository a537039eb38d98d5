namespace Vittne.Flows.Records;

/// <summary>Which way a flow goes, as argus writes it.</summary>
public enum FlowDirection : byte
{
    /// <summary>The record does not tell it.</summary>
    Unknown,

    /// <summary><c>-&gt;</c>: the source is known to be the originator.</summary>
    Forward,

    /// <summary><c>?&gt;</c>: the source is guessed to be the originator.</summary>
    Guessed,

    /// <summary><c>&lt;-&gt;</c>: both sides sent, and there are no roles.</summary>
    Both,

    /// <summary><c>&lt;-</c>: the destination is the originator.</summary>
    Backward,
}
