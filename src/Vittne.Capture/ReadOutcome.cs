namespace Vittne.Capture;

/// <summary>How a step through a capture ended. <see cref="End"/>, <see cref="Cut"/> and <see cref="Damaged"/> are final.</summary>
public enum ReadOutcome : byte
{
    /// <summary>Records were read and more may follow.</summary>
    More,

    /// <summary>The capture ended at a record border.</summary>
    End,

    /// <summary>The capture ends inside a record; all before it was read. A note of the reader tells the offset.</summary>
    Cut,

    /// <summary>A record makes no sense and what follows cannot be found. A note of the reader tells the offset.</summary>
    Damaged,
}
