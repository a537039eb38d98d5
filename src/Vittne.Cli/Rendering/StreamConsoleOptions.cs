namespace Vittne.Cli.Rendering;

/// <summary>How streams are shown.</summary>
/// <param name="Form">The form of their bytes.</param>
/// <param name="HasNames">Whether the name of the stream stands before them.</param>
/// <param name="HasNewline">Whether a line end follows them.</param>
/// <param name="IsColored">Whether each side has its colour.</param>
internal sealed record StreamConsoleOptions(StreamForm Form, bool HasNames, bool HasNewline, bool IsColored);
