namespace Vittne.Protocols;

/// <summary>Asks a datagram protocol whether a datagram is its own.</summary>
/// <param name="datagram">The payload.</param>
/// <param name="sourcePort">Port of who sent it.</param>
/// <param name="destinationPort">Port of who gets it.</param>
public delegate bool DatagramRecognizer(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort);
