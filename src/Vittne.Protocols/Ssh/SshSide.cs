namespace Vittne.Protocols.Ssh;

/// <summary>What one side of an SSH connection has sent so far.</summary>
internal sealed class SshSide
{
    /// <summary>Lines before the banner.</summary>
    public List<string> PreBanner { get; } = [];

    /// <summary>True when the banner was seen.</summary>
    public bool HasBanner { get; set; }

    /// <summary>True when nothing more is wanted.</summary>
    public bool IsDone { get; set; }

    /// <summary>True while the rest of a line that was too long is dropped.</summary>
    public bool IsInLongLine { get; set; }

    /// <summary>Messages before KEXINIT.</summary>
    public int Messages { get; set; }

    /// <summary>How many bytes must wait before a look at them is worth it.</summary>
    public int Needed { get; set; } = 1;

    /// <summary>The identification line, when the connection is told as a whole.</summary>
    public string? Banner { get; set; }

    /// <summary>The name-lists of KEXINIT, when the connection is told as a whole.</summary>
    public string[]? Lists { get; set; }
}
