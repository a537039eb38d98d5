using Vittne.Packets;
using Vittne.Protocols;
using Vittne.Protocols.Sessions;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>Streams and datagrams through recognition, as the engine feeds them: hand-over, late beginnings and cut ones included.</summary>
internal sealed class SessionTarget() : FuzzTarget("session")
{
    private static readonly ParserOptions Everything = new() { EmitsTransactions = true };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() =>
    [
        .. ProtocolRegistry.AllStreams.SelectMany(static protocol => HandMade.Streams(protocol.Name)),
        .. ProtocolRegistry.AllDatagrams.SelectMany(static protocol => HandMade.Datagrams(protocol.Name)),
    ];

    /// <inheritdoc/>
    public override byte[]? SeedOf(string protocol, bool isStream, byte[] conversation) => conversation;

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        var counters = new ProtocolCounters();
        Stream(new Conversation(input), seen, counters, isLate: input.Length % 2 == 1);
        Datagrams(new Conversation(input), seen, counters);
        seen.Note("recognised", counters.Recognised);
        seen.Note("stuck", counters.StuckParsers);
    }

    private static void Stream(Conversation conversation, Observer seen, ProtocolCounters counters, bool isLate)
    {
        var stream = new ProtocolStream(TestFlow.Tcp(conversation.ServerPort), seen, counters, Everything, isLate);
        long packet = 0;
        while (conversation.TryNext())
        {
            Direction direction = conversation.IsFromServer ? Direction.FromResponder : Direction.FromOriginator;
            if (stream.IsDone(direction))
            {
                continue;
            }

            packet++;
            if (conversation.IsAfterGap)
            {
                stream.OnGap(direction, conversation.Data.Length, TestFlow.At(packet));
            }

            if (!conversation.Data.IsEmpty)
            {
                stream.OnData(direction, conversation.Data, TestFlow.At(packet));
            }

            if (conversation.IsLast)
            {
                stream.OnEnd(direction, TestFlow.At(packet));
            }
        }

        stream.OnEnd(Direction.FromOriginator, TestFlow.At(packet + 1));
        stream.OnEnd(Direction.FromResponder, TestFlow.At(packet + 1));
    }

    private static void Datagrams(Conversation conversation, Observer seen, ProtocolCounters counters)
    {
        var datagrams = new ProtocolDatagrams(TestFlow.Udp(conversation.ServerPort), seen, counters, Everything);
        long packet = 0;
        while (conversation.TryNext()
            && datagrams.OnDatagram(conversation.IsFromServer ? Direction.FromResponder : Direction.FromOriginator, conversation.Data, TestFlow.At(++packet)))
        {
        }

        datagrams.OnEnd(TestFlow.At(packet + 1));
    }
}
