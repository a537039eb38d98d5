using CsCheck;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.CommandLines;

/// <summary>What holds for every protocol of lines.</summary>
public sealed class CommandPropertyTests
{
    private static readonly Gen<int[]> Cuts = Gen.Int[1, 30].Array[1, 6];

    public static TheoryData<string> Protocols => ["smtp", "ftp", "pop3", "imap", "irc"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Any_segmentation_gives_equal_records(string protocol)
    {
        string[] turns = Dialogue.Sample(protocol);
        string[] whole = Dialogue.Tell(protocol, turns);
        Assert.True(whole.Length >= 8, string.Join('\n', whole));
        Cuts.Sample(lengths => Dialogue.Tell(protocol, turns, lengths).SequenceEqual(whole));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void One_damaged_byte_changes_nothing_about_that(string protocol)
    {
        string[] turns = Dialogue.Sample(protocol);
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 200], Gen.Char['\0', '\u00ff'], Cuts).Sample((turn, at, value, lengths) =>
        {
            string[] damaged = [.. turns];
            string text = damaged[turn % damaged.Length];
            at = 2 + (at % (text.Length - 2));
            damaged[turn % damaged.Length] = text[..at] + value + text[(at + 1)..];
            return Dialogue.Tell(protocol, damaged, lengths).SequenceEqual(Dialogue.Tell(protocol, damaged));
        });
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Garbage_is_taken_without_exception_whatever_the_cuts(string protocol) =>
        Gen.Select(Gen.OneOf(Gen.Char['\0', '\u00ff'], Gen.Int[0, 9].Select(i => "\r\n .{}+*2 "[i])).Array[1, 300], Cuts).Sample((text, lengths) =>
        {
            string[] turns = ["S " + new string(text), "C " + new string(text), .. Dialogue.Sample(protocol)];
            return Dialogue.Tell(protocol, turns, lengths).SequenceEqual(Dialogue.Tell(protocol, turns));
        });

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Any_gap_is_survived(string protocol)
    {
        string[] turns = Dialogue.Sample(protocol);
        for (int lost = 0; lost < turns.Length; lost++)
        {
            RecordList records = [];
            var feeder = new StreamFeeder(Dialogue.Parser(protocol, records));
            for (int i = 0; i < turns.Length; i++)
            {
                Direction direction = turns[i][0] == 'C' ? Direction.FromOriginator : Direction.FromResponder;
                byte[] bytes = new Bytes().Text(turns[i][2..]).ToArray();
                _ = i == lost ? feeder.Gap(direction, bytes.Length) : feeder.Feed(direction, bytes);
            }

            feeder.End();
            Assert.True(records.Count >= 4, $"{protocol}, turn {lost} lost: {string.Join('\n', FieldText.Tell(records))}");
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void First_turns_are_recognised_on_any_port(string protocol)
    {
        string[] records = Dialogue.Recognised(5555, Dialogue.Sample(protocol));

        Assert.Equal(Dialogue.Tell(protocol, Dialogue.Sample(protocol)), records);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void One_byte_segments_of_a_long_line_cost_little(string protocol)
    {
        RecordList records = [];
        var feeder = new StreamFeeder(Dialogue.Parser(protocol, records));
        feeder.Client(new Bytes().Text("NOOP ").Repeat('x', 70_000).Text("\r\nNOOP\r\n"));

        Assert.Contains(FieldText.Tell(records), static line => line.StartsWith("anomaly kind=line.length", StringComparison.Ordinal));
        Assert.Empty(feeder.Rest(Direction.FromOriginator));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Binary_data_ends_the_parser_in_words(string protocol)
    {
        RecordList records = [];
        StreamParser parser = Dialogue.Parser(protocol, records);
        new StreamFeeder(parser).Client(new Bytes().Text(string.Concat(Enumerable.Repeat("\u0001\u0002\u0003\n", 100))));

        Assert.True(parser.IsDone(Direction.FromOriginator));
        Assert.Equal(["anomaly kind=line.stray detail=64 lines in a row are no commands or replies"], FieldText.Tell(records));
    }

    [Theory]
    [InlineData("smtp", "C EHLO c\r\n|S 250 ok\r\n|C STARTTLS\r\n|S 220 go\r\n")]
    [InlineData("ftp", "S 220 FTP\r\n|C AUTH TLS\r\n|S 234 go\r\n")]
    [InlineData("pop3", "S +OK ready\r\n|C STLS\r\n|S +OK go\r\n")]
    [InlineData("imap", "S * OK ready\r\n|C a STARTTLS\r\n|S a OK go\r\n")]
    [InlineData("irc", "C STARTTLS\r\n|S :irc.example.test 670 x :go\r\n")]
    public void Agreed_tls_hands_over_and_a_refused_one_does_not(string protocol, string dialogue)
    {
        string[] turns = dialogue.Split('|');
        string[] records = Dialogue.Tell(protocol, turns, out StreamParser parser);
        Assert.True(parser.HandsOver, string.Join('\n', records));
        Assert.True(protocol == "irc" || records[^1].Contains("starttls=true", StringComparison.Ordinal));

        turns[^1] = turns[^1].Replace("220", "454", StringComparison.Ordinal).Replace("234", "534", StringComparison.Ordinal)
            .Replace("+OK", "-ERR", StringComparison.Ordinal).Replace("a OK", "a NO", StringComparison.Ordinal).Replace("670", "691", StringComparison.Ordinal);
        Dialogue.Tell(protocol, turns, out parser);
        Assert.False(parser.HandsOver);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Tls_without_announcement_is_handed_over(string protocol)
    {
        RecordList records = [];
        StreamParser parser = Dialogue.Parser(protocol, records);
        StreamFeeder feeder = new StreamFeeder(parser).Client(new Bytes().Text("NOOP\r\n").Hex("160301"));

        Assert.True(parser.HandsOver);
        Assert.Equal(new byte[] { 0x16, 3, 1 }, feeder.Rest(Direction.FromOriginator));
    }

    [Fact]
    public void Tls_behind_starttls_is_read()
    {
        RecordList records = [];
        var stream = new Protocols.Sessions.ProtocolStream(TestFlow.Tcp(143), records, new Protocols.Sessions.ProtocolCounters(), ParserOptions.Messages);
        stream.OnData(Direction.FromResponder, "* OK ready\r\n"u8, TestFlow.At(1));
        stream.OnData(Direction.FromOriginator, "a STARTTLS\r\n"u8, TestFlow.At(2));
        stream.OnData(Direction.FromResponder, "a OK go\r\n"u8, TestFlow.At(3));
        stream.OnData(Direction.FromOriginator, Hellos.HandshakeRecords(Hellos.Client("mail.example.test")), TestFlow.At(4));

        Assert.IsType<Protocols.Tls.ClientHelloRecord>(records[^1]);
    }

    [Theory]
    [InlineData("+OK\r\n")] // Redis, NATS
    [InlineData("-ERR unknown command\r\n")] // Redis
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("INVITE sip:a@b SIP/2.0\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9\r\n")]
    [InlineData("220 hello\r\n")]
    [InlineData("200 news\r\n")]
    [InlineData("OPTIONS rtsp://h/ RTSP/1.0\r\n")]
    [InlineData("PASS secret\r\nLIST\r\n")]
    [InlineData("LIST\r\n")]
    [InlineData("QUIT\r\n")]
    [InlineData("hello ID\r\n")]
    [InlineData("User alice logged in\r\n")]
    [InlineData("Mail from somebody\r\n")]
    public void What_others_say_too_is_not_taken(string first)
    {
        ProtocolRegistry.RecogniseStream(new Bytes().Text(first), 5555, 5556, out StreamProtocol? protocol);

        Assert.DoesNotContain(protocol?.Name, Protocols.Select(static row => row.Data));
    }
}
