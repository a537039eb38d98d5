using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols;

/// <summary>One line of the registry: a protocol over TCP.</summary>
/// <param name="Name">Its name in output.</param>
/// <param name="Recognizes">Whether bytes are its own.</param>
/// <param name="Create">Makes the parser of a flow.</param>
public sealed record StreamProtocol(string Name, StreamRecognizer Recognizes, Func<FlowIdentity, IRecordSink, ParserOptions, StreamParser> Create)
{
    /// <summary>
    /// Whether bytes that got no verdict are its own now that no more will come: the stream ends or has a gap there. Null when the beginning
    /// of a message is of no use to it.
    /// </summary>
    public CutRecognizer? RecognizesCut { get; init; }
}
