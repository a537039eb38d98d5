using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols;

/// <summary>One line of the registry: a protocol over UDP.</summary>
/// <param name="Name">Its name in output.</param>
/// <param name="Recognizes">Whether a datagram is its own.</param>
/// <param name="Create">Makes the parser of a flow.</param>
public sealed record DatagramProtocol(string Name, DatagramRecognizer Recognizes, Func<FlowIdentity, IRecordSink, ParserOptions, DatagramParser> Create);
