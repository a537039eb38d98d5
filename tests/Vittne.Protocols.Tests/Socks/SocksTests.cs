using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Socks;
using Vittne.Protocols.Tests.CommandLines;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Socks;

public sealed class SocksTests
{
    private static readonly Gen<int[]> Cuts = Gen.Int[1, 30].Array[1, 6];

    private static Bytes RequestV4a => new Bytes().U8(4).U8(1).U16(443).U32(7).TextZ("bob").TextZ("www.example.com");

    private static Bytes ReplyV4 => new Bytes().U8(0).U8(90).U16(443).U32(0);

    private static Bytes RequestV5 => new Bytes().U8(5).U8(1).U8(0).U8(3).U8(15).Text("www.example.com").U16(80);

    private static Bytes ReplyV5 => new Bytes().U8(5).U8(0).U8(0).U8(1).U32(0).U16(0);

    // What each side says in turn; true is the client.
    private static (bool IsClient, Bytes Bytes)[] SessionV5 =>
    [
        (true, new Bytes().Hex("05020002")),
        (false, new Bytes().Hex("0502")),
        (true, new Bytes().U8(1).U8(3).Text("bob").U8(6).Text("secret")),
        (false, new Bytes().Hex("0100")),
        (true, RequestV5),
        (false, ReplyV5),
        (true, new Bytes().Text("GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")),
    ];

    private static (bool IsClient, Bytes Bytes)[] SessionV4 =>
    [
        (true, RequestV4a),
        (false, ReplyV4),
        (true, new Bytes().Text("GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")),
    ];

    [Fact]
    public void Name_of_version_4a_is_told_with_the_answer_and_what_follows_is_left_for_the_next_protocol()
    {
        var records = new RecordList();
        StreamFeeder feeder = Play(SessionV4, records, out SocksParser parser);

        Assert.Equal(["socks version=4 command=connect host=www.example.com port=443 user=bob reply=90 granted=true"], FieldText.Tell(records));
        Assert.True(parser.HandsOver);
        Assert.StartsWith("GET /", System.Text.Encoding.ASCII.GetString(feeder.Rest(Direction.FromOriginator)), StringComparison.Ordinal);
    }

    [Fact]
    public void Login_and_target_of_version_5_are_told()
    {
        RecordList records = [];
        Play(SessionV5, records, out _);

        Assert.Equal(
            ["socks version=5 command=connect host=www.example.com port=80 method=2 user=bob password=secret reply=0 granted=true"], FieldText.Tell(records));
    }

    [Fact]
    public void Refused_request_is_told_and_ends_the_reading()
    {
        RecordList records = [];
        Play(
            [(true, new Bytes().Hex("050100")), (false, new Bytes().Hex("0500")), (true, new Bytes().Hex("05010001c0000207").U16(22)), (false, new Bytes().Hex("05050001").U32(0).U16(0))],
            records,
            out SocksParser parser);

        Assert.Equal(["socks version=5 command=connect address=192.0.2.7 port=22 method=0 reply=5 granted=false"], FieldText.Tell(records));
        Assert.True(parser.IsDone(Direction.FromOriginator));
        Assert.False(parser.HandsOver);
    }

    [Fact]
    public void Bind_hands_over_with_the_second_answer()
    {
        RecordList records = [];
        Play([(true, new Bytes().U8(4).U8(2).U16(20).U32(0xC0000207).TextZ("")), (false, ReplyV4)], records, out SocksParser waiting);
        Play([(true, new Bytes().U8(4).U8(2).U16(20).U32(0xC0000207).TextZ("")), (false, ReplyV4), (false, ReplyV4)], records, out SocksParser parser);

        Assert.False(waiting.HandsOver);
        Assert.True(parser.HandsOver);
    }

    [Fact]
    public void Greeting_of_a_reverse_proxy_before_the_first_message_is_passed()
    {
        RecordList records = [];
        Play([(false, new Bytes().Hex("4e5a8d08874e")), .. SessionV5], records, out SocksParser parser);

        Assert.Single(records);
        Assert.True(parser.HandsOver);
    }

    [Fact]
    public void Request_without_answer_is_told_at_the_end()
    {
        RecordList records = [];
        Play([(true, RequestV4a)], records, out _).End();

        Assert.Equal(["socks version=4 command=connect host=www.example.com port=443 user=bob"], FieldText.Tell(records));
    }

    [Fact]
    public void Protocol_behind_the_proxy_is_read_as_what_it_is()
    {
        RecordList records = [];
        var stream = new ProtocolStream(TestFlow.Tcp(9901), records, new ProtocolCounters(), ParserOptions.Messages);
        long packet = 0;
        foreach ((bool isClient, Bytes bytes) in SessionV5)
        {
            stream.OnData(isClient ? Direction.FromOriginator : Direction.FromResponder, bytes, TestFlow.At(++packet));
        }

        stream.OnEnd(Direction.FromOriginator, TestFlow.At(++packet));
        Assert.Contains(records, static record => record is SocksRecord);
        Assert.Contains(records, static record => record is Protocols.Http.HttpRequestRecord);
    }

    [Fact]
    public void Proxies_without_end_in_each_other_are_given_up()
    {
        RecordList records = [];
        var counters = new ProtocolCounters();
        var stream = new ProtocolStream(TestFlow.Tcp(1080), records, counters, ParserOptions.Messages);
        for (int i = 0; i < 100 && !stream.IsDone(Direction.FromOriginator); i++)
        {
            stream.OnData(Direction.FromOriginator, RequestV4a, TestFlow.At(i));
            stream.OnData(Direction.FromResponder, ReplyV4, TestFlow.At(i));
        }

        Assert.Equal(1, counters.StuckParsers);
        Assert.InRange(records.Count, 2, 20);
    }

    [Theory]
    [InlineData("04", Recognition.NeedMore)]
    [InlineData("0403", Recognition.No)]
    [InlineData("040101bb00000000", Recognition.No)]
    [InlineData("040101bbc0000207", Recognition.NeedMore)]
    [InlineData("040101bbc000020700", Recognition.Yes)]
    [InlineData("040101bbc0000207ff", Recognition.No)]
    [InlineData("0501", Recognition.NeedMore)]
    [InlineData("050100", Recognition.Yes)]
    [InlineData("0500", Recognition.No)]
    [InlineData("05010b", Recognition.No)]
    [InlineData("05010005010001", Recognition.Yes)]
    [InlineData("0501000501000900", Recognition.No)]
    public void Client_is_recognised_by_its_first_message(string hex, Recognition verdict) =>
        Assert.Equal(verdict, SocksParser.Recognizes(Convert.FromHexString(hex)));

    [Fact]
    public void Any_segmentation_gives_equal_records() => Cuts.Sample(lengths =>
    {
        foreach ((bool IsClient, Bytes Bytes)[] session in new[] { SessionV4, SessionV5 })
        {
            RecordList whole = [], cut = [];
            Play(session, whole, out _).End();
            Play(session, cut, out _, lengths).End();
            Assert.Equal(FieldText.Tell(whole), FieldText.Tell(cut));
        }
    });

    [Fact]
    public void Garbage_is_taken_without_exception() => Gen.Select(Gen.Byte.Array[0, 80], Gen.Bool, Cuts, Gen.Int[0, 6]).Sample((garbage, isClient, lengths, at) =>
    {
        List<(bool IsClient, Bytes Bytes)> session = [.. SessionV5];
        session.Insert(at, (isClient, new Bytes().Raw(garbage)));
        Play([.. session], [], out _, lengths).End();
    });

    private static StreamFeeder Play((bool IsClient, Bytes Bytes)[] turns, RecordList records, out SocksParser parser, params int[] lengths)
    {
        parser = new SocksParser(TestFlow.Tcp(1080), records);
        var feeder = new StreamFeeder(parser);
        foreach ((bool isClient, Bytes bytes) in turns)
        {
            feeder.Cut(isClient ? Direction.FromOriginator : Direction.FromResponder, bytes, lengths);
        }

        return feeder;
    }
}
