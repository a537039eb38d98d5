namespace Vittne.Protocols.CommandLines;

/// <summary>Where one direction of a line protocol stands.</summary>
internal sealed class LineSide
{
    /// <summary>What its next bytes are.</summary>
    public LineMode Mode { get; set; }

    /// <summary>Bytes that are still to be skipped or taken in <see cref="LineMode.Bytes"/> and <see cref="LineMode.Block"/>.</summary>
    public long Remaining { get; set; }

    /// <summary>Bytes skipped since the mode was entered.</summary>
    public long Skipped { get; set; }

    /// <summary>Bytes of the waiting line that are known to hold no line end.</summary>
    public int Scanned { get; set; }

    /// <summary>True while bytes are there that are not read before an answer of the other side.</summary>
    public bool IsHeld { get; set; }

    /// <summary>How many bytes must wait before a look at them is worth it.</summary>
    public int Needed { get; set; } = 1;

    /// <summary>True in <see cref="LineMode.Text"/> when the next byte begins a line.</summary>
    public bool IsAtLineStart { get; set; }

    /// <summary>True when bytes were lost: the next line may be the end of one, and text may have ended unseen.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>Changes the mode.</summary>
    public void Enter(LineMode mode, long remaining = 0)
    {
        Mode = mode;
        Remaining = remaining;
        Skipped = 0;
        Scanned = 0;
        IsAtLineStart = true;
    }
}
