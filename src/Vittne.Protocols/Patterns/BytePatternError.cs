namespace Vittne.Protocols.Patterns;

/// <summary>Why a text is no <see cref="BytePattern"/>.</summary>
/// <param name="Column">Byte of the pattern where the trouble is, from 1.</param>
/// <param name="Message">What it is, in lower-case words.</param>
public sealed record BytePatternError(int Column, string Message);
