using Vittne.Protocols.Tests.CommandLines;

namespace Vittne.Protocols.Tests.Imap;

public sealed class ImapParserTests
{
    [Fact]
    public void Commands_pair_with_their_completions_and_literals_are_no_lines() => Assert.Equal(
        [
            "imap status=OK reply=ready",
            "imap tag=a1 command=CAPABILITY status=OK reply=done",
            "imap tag=a2 command=LOGIN argument=\"alice\" \"sec\\\"et\" status=OK reply=in",
            "imap tag=a3 command=APPEND argument=inbox {12} status=OK",
            "imap tag=a4 command=FETCH uid=true argument=1 BODY[] status=OK reply=fetched",
            "imap tag=a5 command=AUTHENTICATE argument=PLAIN status=NO reply=already mechanism=PLAIN auth=[ \0alice\0secret ] challenges=[  ]",
            "imap tag=a6 command=IDLE status=OK",
            "imap tag=a7 command=LOGOUT status=OK",
        ],
        Dialogue.Tell("imap", Dialogue.Sample("imap")));

    [Fact]
    public void Refused_literal_is_followed_by_a_command() => Assert.Equal(
        ["imap tag=a command=LOGIN argument={5} status=NO reply=no", "imap tag=b command=NOOP status=OK"],
        Dialogue.Tell("imap", ["S * OK ready\r\n", "C a LOGIN {5}\r\n", "S a NO no\r\n", "C b NOOP\r\n", "S b OK\r\n"])[1..]);

    [Fact]
    public void Completions_find_their_command_by_its_tag() => Assert.Equal(
        ["imap tag=b command=NOOP status=BAD reply=second", "imap tag=a command=NOOP status=OK reply=first"],
        Dialogue.Tell("imap", ["C a NOOP\r\nb NOOP\r\n", "S b BAD second\r\na OK first\r\n"]));

    [Fact]
    public void Literal_that_cannot_be_is_told() =>
        Assert.Contains("anomaly kind=line.literal detail=literal of 9000000000000000000 bytes", Dialogue.Tell("imap", ["C a SELECT {9000000000000000000}\r\n"]));

    [Fact]
    public void Compressed_rest_is_left_alone()
    {
        Dialogue.Tell("imap", ["C a COMPRESS DEFLATE\r\n", "S a OK\r\n"], out StreamParser parser);

        Assert.True(parser.IsDone(Packets.Direction.FromOriginator));
    }
}
