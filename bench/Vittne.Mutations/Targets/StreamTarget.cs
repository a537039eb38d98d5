using Vittne.Packets;
using Vittne.Protocols;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>The parser of one stream protocol, fed as a session does, whether it would have recognised the bytes or not.</summary>
/// <param name="protocol">The protocol.</param>
internal sealed class StreamTarget(StreamProtocol protocol) : FuzzTarget($"stream-{protocol.Name}")
{
    private static readonly ParserOptions Everything = new() { EmitsTransactions = true };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => HandMade.Streams(protocol.Name);

    /// <inheritdoc/>
    public override byte[]? SeedOf(string name, bool isStream, byte[] conversation) => isStream && name == protocol.Name ? conversation : null;

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        // What hunting and decoding ask of a parser differs: both, by turns.
        Feed(input, seen, Everything);
        Feed(input, seen, ParserOptions.Messages);
    }

    private void Feed(byte[] input, Observer seen, ParserOptions options)
    {
        var conversation = new Conversation(input);
        StreamParser parser = protocol.Create(TestFlow.Tcp(conversation.ServerPort), seen, options);
        var feeder = new StreamFeeder(parser);
        while (conversation.TryNext())
        {
            Direction direction = conversation.IsFromServer ? Direction.FromResponder : Direction.FromOriginator;
            if (conversation.IsAfterGap && !parser.IsDone(direction))
            {
                feeder.Gap(direction, conversation.Data.Length);
            }

            feeder.Feed(direction, conversation.Data);
            if (conversation.IsLast)
            {
                feeder.End(direction);
            }
        }

        feeder.End();
        seen.Note("handed over", parser.HandsOver ? 1 : 0);
    }
}
