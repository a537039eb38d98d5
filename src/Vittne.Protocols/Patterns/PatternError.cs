namespace Vittne.Protocols.Patterns;

/// <summary>A pattern that was left out, and why.</summary>
/// <param name="Index">Its position in the list given.</param>
/// <param name="Pattern">The pattern as written.</param>
/// <param name="Kind">The class of reasons.</param>
/// <param name="Message">The reason in lower-case words, with the position in the pattern (0-based) where there is one.</param>
public sealed record PatternError(int Index, string Pattern, PatternErrorKind Kind, string Message);
