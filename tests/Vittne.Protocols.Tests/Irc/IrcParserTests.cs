using Vittne.Protocols.Irc;
using Vittne.Protocols.Tests.CommandLines;

namespace Vittne.Protocols.Tests.Irc;

public sealed class IrcParserTests
{
    [Fact]
    public void Messages_of_both_sides_are_told_with_who_and_where() => Assert.Equal(
        [
            "irc command=PASS params=[ hush ]",
            "irc command=NICK params=[ ada ] nick=ada",
            "irc command=USER params=[ ada 0 * Ada L ] user=ada",
            "irc prefix=irc.example.test command=001 params=[ ada Welcome ]",
            "irc command=PING params=[ 42 ]",
            "irc command=PONG params=[ 42 ]",
            "irc command=JOIN params=[ #talk ] channel=#talk",
            "irc prefix=ada!al@example.test command=JOIN params=[ #talk ] nick=ada user=al channel=#talk",
            "irc prefix=bob!b@h command=PRIVMSG params=[ #talk hello there ] nick=bob user=b channel=#talk",
            "irc command=QUIT",
        ],
        Dialogue.Tell("irc", Dialogue.Sample("irc")));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":only.prefix")]
    [InlineData("@tags")]
    [InlineData(" ")]
    public void Line_without_command_is_no_message(string line) => Assert.False(IrcMessage.TryParse(new TestKit.Bytes().Text(line), out _));

    [Fact]
    public void Password_first_is_recognised_with_the_next_line()
    {
        Assert.Equal(Recognition.NeedMore, IrcParser.Recognizes("PASS x\r\n"u8, 5555, 5556));
        Assert.Equal(Recognition.Yes, IrcParser.Recognizes("PASS x\r\nNICK y\r\n"u8, 5555, 5556));
    }
}
