using Vittne.Protocols.Tests.CommandLines;

namespace Vittne.Protocols.Tests.Pop3;

public sealed class Pop3ParserTests
{
    [Fact]
    public void Commands_pair_with_their_answers_and_messages_are_no_answers() => Assert.Equal(
        [
            "pop3 status=+OK reply=ready <7.1@example.test>",
            "pop3 command=APOP argument=alice 0123456789abcdef0123456789abcdef status=-ERR reply=no mechanism=APOP auth=[ alice 0123456789abcdef0123456789abcdef ] challenges=[ <7.1@example.test> ]",
            "pop3 command=USER argument=alice status=+OK",
            "pop3 command=PASS argument=secret status=+OK reply=in",
            "pop3 command=CAPA status=+OK",
            "pop3 command=LIST status=+OK reply=1",
            "pop3 command=RETR argument=1 status=+OK reply=9",
            "pop3 command=AUTH argument=PLAIN status=-ERR reply=already mechanism=PLAIN auth=[ \0alice\0secret ] challenges=[  ]",
            "pop3 command=QUIT status=+OK reply=bye",
        ],
        Dialogue.Tell("pop3", Dialogue.Sample("pop3")));

    [Fact]
    public void Client_alone_is_read_without_answers() => Assert.Equal(
        ["pop3 command=USER argument=a", "pop3 command=AUTH argument=LOGIN mechanism=LOGIN auth=[ alice ]", "pop3 command=QUIT"],
        Dialogue.Tell("pop3", ["C USER a\r\nAUTH LOGIN\r\nYWxpY2U=\r\nQUIT\r\n"]));

    [Fact]
    public void Message_that_never_ends_still_tells_its_command() =>
        Assert.Equal("pop3 command=RETR argument=1 status=+OK", Dialogue.Tell("pop3", ["C RETR 1\r\n", "S +OK\r\nhalf a message\r\n"]).Single());
}
