namespace Vittne.Protocols;

/// <summary>Asks a stream protocol whether the first bytes of a direction are its own.</summary>
/// <param name="data">The bytes.</param>
/// <param name="sourcePort">Port of who sent them.</param>
/// <param name="destinationPort">Port of who gets them.</param>
public delegate Recognition StreamRecognizer(ReadOnlySpan<byte> data, ushort sourcePort, ushort destinationPort);
