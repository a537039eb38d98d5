namespace Vittne.Protocols;

/// <summary>Asks a stream protocol whether a cut beginning of a direction is its own.</summary>
/// <param name="data">The bytes; none will follow.</param>
public delegate bool CutRecognizer(ReadOnlySpan<byte> data);
