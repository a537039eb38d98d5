namespace Vittne.Capture.Writing;

/// <summary>An output cannot be written any further.</summary>
/// <param name="path">The output as the user named it.</param>
/// <param name="cause">What the system says.</param>
public sealed class OutputException(string path, Exception cause) : IOException($"{path}: {Reason(cause)}", cause)
{
    // Error numbers of Unix, which the runtime passes on as they are.
    private const int BrokenPipe = 32;
    private const int NoSpace = 28;

    /// <summary>Whether whoever reads the pipe wants no more.</summary>
    public bool IsReaderGone { get; } = cause.HResult == BrokenPipe;

    private static string Reason(Exception cause) => cause.HResult switch
    {
        BrokenPipe => "its reader is gone",
        NoSpace => "no space is left on the disk; what was written before is whole",
        _ => cause.Message,
    };
}
