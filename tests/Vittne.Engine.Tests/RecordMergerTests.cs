using CsCheck;
using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Engine.Tests;

public sealed class RecordMergerTests
{
    [Fact]
    public void Order_does_not_depend_on_how_many_lists_share_the_flows()
    {
        // Packets in order; each belongs to a flow, some complete several records; timers may add earlier flows at a later packet.
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 3]).Array[0, 60].Sample(found =>
        {
            string one = Merge(found, 1);
            return one == Merge(found, 2) && one == Merge(found, 4);
        });
    }

    private static string Merge((int Ordinal, int Flow, int Mark)[] found, int workers)
    {
        var lists = new List<Record>[workers];
        for (int i = 0; i < workers; i++)
        {
            lists[i] = [];
        }

        foreach ((int ordinal, int flow, int mark) in found.OrderBy(f => f.Ordinal))
        {
            lists[flow % workers].Add(Start(ordinal, flow, mark));
        }

        var told = new List<string>();
        RecordMerger.Drain(lists, record => told.Add($"{record.At.Ordinal}/{record.Flow.Id}/{((FlowStartRecord)record).PayloadLength}"));
        Assert.All(lists, Assert.Empty);
        return string.Join(' ', told);
    }

    private static FlowStartRecord Start(int ordinal, int flow, int mark) => new()
    {
        Flow = new FlowIdentity { Id = flow, Source = default, Destination = default, SourcePort = 0, DestinationPort = 0, Protocol = 6 },
        At = new PacketStamp(0, ordinal, ordinal, 0),
        Direction = Direction.FromOriginator,
        TcpFlags = 0,
        PayloadLength = mark,
    };
}
