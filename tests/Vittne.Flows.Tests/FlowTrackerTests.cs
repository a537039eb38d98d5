using Vittne.Packets;

namespace Vittne.Flows.Tests;

public sealed class FlowTrackerTests
{
    [Fact]
    public void Each_direction_is_told_once_and_the_first_packet_starts_the_flow()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "x").FromServer(1, "y");

        Assert.Equal([(Direction.FromOriginator, true), (Direction.FromResponder, false)], c.Starts);
    }

    [Fact]
    public void Syn_ack_first_makes_its_receiver_the_originator()
    {
        Conversation c = new Conversation().FromServer(0, "", TcpFlag.Syn | TcpFlag.Ack);

        Assert.Equal([(Direction.FromResponder, true)], c.Starts);
    }

    [Fact]
    public void Syn_that_comes_second_turns_guessed_roles()
    {
        // The client's port is a server's, so the first packet alone points the wrong way.
        var c = new Conversation { ClientPort = 80, ServerPort = 9999 };
        c.FromClient(1, "", TcpFlag.Ack).FromServer(0, "", TcpFlag.Syn);

        Assert.Equal((Direction.FromOriginator, false), c.Starts[^1]);
    }

    [Fact]
    public void Tuple_used_again_after_data_is_a_new_flow()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "one");
        c.Send(true, 70_000, 0, "", TcpFlag.Syn, null).Send(true, 70_001, 1, "two", TcpFlag.Ack, null).End();

        Assert.Equal(["one|", "two|"], c.Streams.Select(s => s.Originator));
        Assert.Equal(2, c.Tracker.Counters.Flows);
    }

    [Fact]
    public void Syn_again_with_the_same_number_is_a_retransmission()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "one").FromClient(0, "", TcpFlag.Syn).FromClient(4, " two");

        Assert.Equal("one two", c.Stream.Originator);
        Assert.Equal(1, c.Tracker.Counters.Flows);
    }

    [Fact]
    public void Jump_over_the_seek_limit_is_a_new_flow()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "one").FromClient(40_000_000, "two").End();

        Assert.Equal(["one|", "two|"], c.Streams.Select(s => s.Originator));
    }

    [Theory]
    [InlineData(3599, 1)]
    [InlineData(3602, 2)]
    public void Established_flow_times_out_after_an_hour(int seconds, int flows)
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "one").Wait(seconds).FromClient(4, "two").End();

        Assert.Equal(flows, c.Streams.Count);
    }

    [Fact]
    public void Time_out_tells_what_waited_behind_a_gap()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "ab").FromClient(10, "jk").Wait(3700);

        Assert.Equal("ab[7]jk|", c.Stream.Originator);
    }

    [Fact]
    public void Full_table_ends_flows_early_and_counts_them()
    {
        var c = new Conversation(new FlowOptions { MaxFlows = 16 * FlowTracker.Shards });
        for (ushort port = 1; port <= 1000; port++)
        {
            c.ClientPort = (ushort)(20_000 + port);
            c.FromClient(0, "", TcpFlag.Syn);
        }

        Assert.Equal(1000, c.Tracker.Counters.Flows);
        Assert.Equal(1000 - 16, c.Tracker.Counters.Evicted);
    }
}
