using Vittne.Packets;
using Vittne.Protocols;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>The parser of one datagram protocol, whether it would have recognised the bytes or not.</summary>
/// <param name="protocol">The protocol.</param>
internal sealed class DatagramTarget(DatagramProtocol protocol) : FuzzTarget($"datagram-{protocol.Name}")
{
    private static readonly ParserOptions Everything = new() { EmitsTransactions = true };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => HandMade.Datagrams(protocol.Name);

    /// <inheritdoc/>
    public override byte[]? SeedOf(string name, bool isStream, byte[] conversation) => !isStream && name == protocol.Name ? conversation : null;

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        Feed(input, seen, Everything);
        Feed(input, seen, ParserOptions.Messages);
    }

    private void Feed(byte[] input, Observer seen, ParserOptions options)
    {
        var conversation = new Conversation(input);
        DatagramParser parser = protocol.Create(TestFlow.Udp(conversation.ServerPort), seen, options);
        long packet = 0;
        while (!parser.IsDone && conversation.TryNext())
        {
            parser.OnDatagram(conversation.IsFromServer ? Direction.FromResponder : Direction.FromOriginator, conversation.Data, TestFlow.At(++packet));
        }

        parser.OnEnd(TestFlow.At(packet + 1));
    }
}
