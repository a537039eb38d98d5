using CsCheck;
using Vittne.Flows.Reassembly;
using Vittne.Packets;

namespace Vittne.Flows.Tests;

public sealed class ReassemblyTests
{
    [Fact]
    public void Data_in_order_is_delivered_and_ends_with_an_acknowledged_fin()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "GET ").FromClient(5, "/", TcpFlag.Ack | TcpFlag.Fin).FromServer(1, "", acknowledged: 7);

        Assert.Equal("GET /|", c.Stream.Originator);
    }

    [Fact]
    public void Fin_that_nobody_acknowledges_does_not_end_the_stream()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "ab", TcpFlag.Ack | TcpFlag.Fin).FromClient(3, "cd");

        Assert.Equal("abcd", c.Stream.Originator);
    }

    [Fact]
    public void Early_fin_waits_for_the_bytes_before_it()
    {
        Conversation c = new Conversation().Handshake()
            .FromClient(5, "5678", TcpFlag.Ack | TcpFlag.Fin)
            .FromServer(1, "", acknowledged: 1)
            .FromClient(1, "1234")
            .FromServer(1, "", acknowledged: 10);

        Assert.Equal("12345678|", c.Stream.Originator);
    }

    [Fact]
    public void Bytes_out_of_order_and_repeated_are_told_once()
    {
        Conversation c = new Conversation().Handshake()
            .FromClient(4, "def").FromClient(7, "ghi").FromClient(4, "def").FromClient(1, "abc").FromClient(1, "abcdef");

        Assert.Equal("abcdefghi", c.Stream.Originator);
    }

    [Fact]
    public void Keep_alive_and_old_bytes_are_no_data()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "abc").FromClient(3, "\0").FromClient(4, "d");

        Assert.Equal("abcd", c.Stream.Originator);
    }

    [Fact]
    public void Data_with_the_syn_is_offset_zero()
    {
        Conversation c = new Conversation().FromClient(0, "GET /", TcpFlag.Syn).FromServer(0, "", TcpFlag.Syn | TcpFlag.Ack, acknowledged: 6).FromClient(6, " HTTP");

        Assert.Equal("GET / HTTP", c.Stream.Originator);
    }

    [Fact]
    public void Data_in_a_reset_is_kept()
    {
        Conversation c = new Conversation().Handshake().FromServer(1, "Please ").FromServer(8, "Access Denied", TcpFlag.Rst | TcpFlag.Ack).End();

        Assert.Equal("Please Access Denied|", c.Stream.Responder);
    }

    [Fact]
    public void Session_after_a_forged_reset_is_still_seen()
    {
        Conversation c = new Conversation()
            .FromClient(0, "", TcpFlag.Syn)
            .FromServer(0, "", TcpFlag.Rst | TcpFlag.Ack)
            .FromServer(0, "", TcpFlag.Fin | TcpFlag.Ack)
            .FromServer(0, "", TcpFlag.Syn | TcpFlag.Ack)
            .FromClient(1, "GET /evil");

        Assert.Equal("GET /evil", c.Stream.Originator);
    }

    [Fact]
    public void Acknowledgment_that_was_recorded_before_its_data_makes_no_gap()
    {
        Conversation c = new Conversation().Handshake().FromServer(1, "", acknowledged: 41).FromClient(1, new string('x', 40));

        Assert.Equal(new string('x', 40), c.Stream.Originator);
        Assert.Equal(0, c.Tracker.Counters.Gaps);
    }

    [Fact]
    public void Gap_is_told_once_the_peer_acknowledged_it_and_packets_go_on()
    {
        Conversation c = new Conversation().Handshake()
            .FromClient(1, "ab").FromClient(10, "jk").FromServer(1, "", acknowledged: 12)
            .FromClient(12, "l").FromClient(13, "m").FromClient(14, "n");

        Assert.Equal("ab[7]jklmn", c.Stream.Originator);
    }

    [Fact]
    public void Gap_is_told_at_the_end_with_what_lies_behind_it()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "ab").FromClient(10, "jk").End();

        Assert.Equal("ab[7]jk|", c.Stream.Originator);
        Assert.Equal((1, 7), (c.Tracker.Counters.Gaps, c.Tracker.Counters.GapBytes));
    }

    [Fact]
    public void Bytes_cut_by_the_snap_length_are_a_gap()
    {
        Conversation c = new Conversation().Handshake().FromClient(1, "abc", wireLength: 10).FromClient(11, "k").End();

        Assert.Equal("abc[7]k|", c.Stream.Originator);
    }

    [Fact]
    public void Waiting_bytes_are_bounded_and_the_bound_is_counted()
    {
        var options = new FlowOptions { ReorderBytes = 1000 };
        var c = new Conversation(options);
        c.Handshake().FromClient(1, "a");
        for (int i = 0; i < 30; i++)
        {
            c.FromClient(100 + (i * 100), new string('z', 100));
        }

        Assert.StartsWith("a[98]zzz", c.Stream.Originator, StringComparison.Ordinal);
        Assert.Equal(1, c.Tracker.Counters.ReorderLimits);
    }

    [Fact]
    public void Sequence_numbers_wrap()
    {
        var c = new Conversation();
        c.Send(true, uint.MaxValue - 2, 0, "", TcpFlag.Syn, null);
        c.Send(true, uint.MaxValue - 1, 0, "ab", TcpFlag.Ack, null);
        c.Send(true, 1, 0, "de", TcpFlag.Ack, null);
        c.Send(true, 0, 0, "c", TcpFlag.Ack, null);

        Assert.Equal("abcde", c.Stream.Originator);
    }

    [Fact]
    public void Stream_picked_up_in_the_middle_starts_where_it_is()
    {
        Conversation c = new Conversation().FromClient(500, "abc").FromServer(900, "xyz").FromClient(503, "def");

        Assert.Equal(("abcdef", "xyz"), (c.Stream.Originator, c.Stream.Responder));
    }

    [Fact]
    public void First_segment_of_the_server_does_not_turn_the_roles()
    {
        Conversation c = new Conversation().FromServer(900, "HTTP/1.1 200 OK");

        Assert.Equal("HTTP/1.1 200 OK", c.Stream.Responder);
    }

    // The results that section 8.3 of the flow specification lists for A then B behind a hole; each digit pair is a half-open range.
    [Theory]
    [InlineData(3, 6, 3, 6, "ABAABB")]
    [InlineData(3, 6, 3, 9, "ABABBB")]
    [InlineData(3, 9, 3, 6, "ABAAAA")]
    [InlineData(3, 6, 1, 6, "ABBBBB")]
    [InlineData(1, 6, 3, 6, "ABAAAA")]
    [InlineData(3, 6, 1, 9, "ABBBBB")]
    [InlineData(1, 9, 3, 6, "ABAAAA")]
    [InlineData(3, 7, 5, 9, "ABAAAB")]
    [InlineData(5, 9, 3, 7, "ABBBBA")]
    public void Overlap_is_resolved_as_the_host_would(int aStart, int aEnd, int bStart, int bEnd, string winners)
    {
        int sharedAt = Math.Max(aStart, bStart);
        for (int policy = 0; policy < winners.Length; policy++)
        {
            Conversation c = new Conversation(new FlowOptions { Overlap = (OverlapPolicy)policy }).Handshake()
                .FromClient(1 + aStart, new string('A', aEnd - aStart))
                .FromClient(1 + bStart, new string('B', bEnd - bStart))
                .FromClient(1, ".........."[..Math.Min(aStart, bStart)]);

            Assert.Equal(winners[policy], c.Stream.Originator[sharedAt]);
            Assert.True(c.Tracker.Counters.ConflictBytes > 0);
        }
    }

    [Fact]
    public void Any_order_of_any_cut_gives_the_same_stream()
    {
        const string text = "The quick brown fox jumps over the lazy dog.";
        Gen.Select(Gen.Int[1, text.Length - 1].Array[0, 8], Gen.Int).Sample((cuts, seed) =>
        {
            int[] borders = [0, .. cuts.Distinct().Order(), text.Length];
            (int From, int To)[] pieces = [.. borders.Zip(borders.Skip(1))];
            new Random(seed).Shuffle(pieces);
            Conversation c = new Conversation().Handshake();
            foreach ((int from, int to) in pieces)
            {
                c.FromClient(1 + from, text[from..to]);
            }

            return c.Stream.Originator == text;
        });
    }

    [Fact]
    public void Garbage_numbers_never_throw_and_never_invent_bytes()
    {
        Gen.Select(Gen.UInt, Gen.UInt, Gen.Int[0, 63], Gen.Int[0, 20], Gen.Bool).Array[1, 40].Sample(segments =>
        {
            var c = new Conversation(new FlowOptions { ReorderBytes = 64 });
            int sent = 0;
            foreach ((uint sequence, uint acknowledgment, int flags, int length, bool fromClient) in segments)
            {
                sent += length;
                c.Send(fromClient, sequence % 64, acknowledgment % 64, new string('g', length), flags, null);
            }

            c.End();
            int told = c.Streams.Sum(s => s.Originator.Count(x => x == 'g') + s.Responder.Count(x => x == 'g'));
            return told <= sent;
        });
    }
}
