using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Tests.Filters;

public sealed class LexerTests
{
    [Theory]
    [InlineData("len-1", "Name:len-1")]
    [InlineData("len -1", "Word:len Word:- Number:1")]
    [InlineData("tcp[13]&2", "Word:tcp Word:[ Number:13 Word:] Word:& Number:2")]
    [InlineData("ip[6:2]", "Word:ip Word:[ Number:6 Word:: Number:2 Word:]")]
    [InlineData("017700000001", "Mac:017700000001")]
    [InlineData("ffffffffffff", "Mac:ffffffffffff")]
    [InlineData("ffff.ffff.ffff", "Mac:ffff.ffff.ffff")]
    [InlineData("1.2.3.4.5.6", "Mac:1.2.3.4.5.6")]
    [InlineData("0:c:29:1:2:3", "Mac:0:c:29:1:2:3")]
    [InlineData("10.0.0.1", "Address:10.0.0.1")]
    [InlineData("10.0", "Address:10.0")]
    [InlineData("1.2.3.4.5", "Name:1.2.3.4.5")]
    [InlineData("::1", "Address6:::1")]
    [InlineData("::ffff:10.0.0.1/96", "Address6:::ffff:10.0.0.1 Word:/ Number:96")]
    [InlineData("443-80", "Name:443-80")]
    [InlineData("\\tcp)", "Name:tcp Word:)")]
    [InlineData("tcp.flags", "Name:tcp.flags")]
    [InlineData("tcp-syn", "Number:tcp-syn")]
    [InlineData("es-is && fddi", "Word:esis Word:and Word:link")]
    [InlineData("$1f", "Arcnet:$1f")]
    [InlineData("TCP", "Name:TCP")]
    [InlineData("a<=b == c<<d", "Name:a Word:<= Name:b Word:= Name:c Word:<< Name:d")]
    public void Longest_token_wins_and_words_before_numbers_before_names(string text, string expected)
    {
        IEnumerable<string> tokens = FilterLexer.Tokens(text).Where(token => token.Kind != TokenKind.End).Select(token => $"{token.Kind}:{token.Text}");
        Assert.Equal(expected, string.Join(' ', tokens));
    }

    [Theory]
    [InlineData("0x1F", 31)]
    [InlineData("010", 8)]
    [InlineData("4294967295", uint.MaxValue)]
    [InlineData("icmp6-homeagentdiscoveryreply", 145)]
    public void Numbers_have_their_value(string text, uint value) => Assert.Equal(value, FilterLexer.Tokens(text)[0].Number);

    [Theory]
    [InlineData("len = 08", 7)]
    [InlineData("4294967296 = 1", 1)]
    [InlineData("tcp, udp", 4)]
    [InlineData("\"tcp\"", 1)]
    [InlineData("port 80 and { tcp }", 13)]
    public void What_is_no_token_is_refused_where_it_stands(string text, int column)
    {
        FilterRefusedException refused = Assert.Throws<FilterRefusedException>(() => FilterLexer.Tokens(text));
        Assert.Equal(column, refused.Column);
    }
}
