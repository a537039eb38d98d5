using Vittne.Protocols.Tests.CommandLines;

namespace Vittne.Protocols.Tests.Smtp;

public sealed class SmtpParserTests
{
    [Fact]
    public void Commands_pair_with_their_replies_and_messages_are_no_commands() => Assert.Equal(
        [
            "smtp reply_code=220 reply=mail.example.test\nESMTP ready",
            "smtp command=EHLO argument=client.example.test reply_code=250 reply=mail.example.test\nPIPELINING\nAUTH PLAIN LOGIN helo=client.example.test",
            "smtp command=AUTH argument=LOGIN reply_code=235 reply=welcome interim=[ 334 334 ] mechanism=LOGIN auth=[ alice secret ] challenges=[ Username: Password: ]",
            "smtp command=MAIL argument=FROM:<a@example.test> SIZE=9 reply_code=250 reply=ok helo=client.example.test mail_from=a@example.test",
            "smtp command=RCPT argument=TO:<b@example.test> reply_code=250 reply=ok helo=client.example.test rcpt_to=[ b@example.test ]",
            "smtp command=RCPT argument=TO:<c@example.test> reply_code=550 reply=nobody helo=client.example.test rcpt_to=[ c@example.test ]",
            "smtp command=DATA reply_code=250 reply=queued interim=[ 354 ] helo=client.example.test mail_from=a@example.test rcpt_to=[ b@example.test c@example.test ]",
            "smtp command=MAIL argument=FROM:<> reply_code=250 reply=ok helo=client.example.test mail_from=<>",
            "smtp command=RCPT argument=TO:<d@example.test> reply_code=250 reply=ok helo=client.example.test rcpt_to=[ d@example.test ]",
            "smtp command=BDAT argument=9 reply_code=250 reply=ok helo=client.example.test mail_from=<> rcpt_to=[ d@example.test ]",
            "smtp command=BDAT argument=4 LAST reply_code=250 reply=ok helo=client.example.test mail_from=<> rcpt_to=[ d@example.test ]",
            "smtp command=QUIT reply_code=221 reply=bye",
        ],
        Dialogue.Tell("smtp", Dialogue.Sample("smtp")));

    [Fact]
    public void Refused_data_is_followed_by_commands()
    {
        string[] records = Dialogue.Tell("smtp", ["S 220 a\r\n", "C DATA\r\n", "S 503 no\r\n", "C QUIT\r\n", "S 221 bye\r\n"]);

        Assert.Equal("smtp command=DATA reply_code=503 reply=no", records[1]);
        Assert.Equal("smtp command=QUIT reply_code=221 reply=bye", records[2]);
    }

    [Fact]
    public void Message_that_waits_for_its_reply_is_skipped_when_the_reply_comes_late()
    {
        string[] records = Dialogue.Tell("smtp", ["S 220 a\r\n", "C DATA\r\nRSET\r\n.\r\nQUIT\r\n", "S 354 go\r\n250 ok\r\n221 bye\r\n"]);

        Assert.Equal(["smtp command=DATA reply_code=250 reply=ok interim=[ 354 ]", "smtp command=QUIT reply_code=221 reply=bye"], records[1..]);
    }

    [Fact]
    public void Client_alone_is_read_without_replies() => Assert.Equal(
        ["smtp command=HELO argument=c helo=c", "smtp command=AUTH argument=PLAIN mechanism=PLAIN auth=[ \0alice\0secret ]", "smtp command=DATA helo=c", "smtp command=QUIT"],
        Dialogue.Tell("smtp", ["C HELO c\r\nAUTH PLAIN\r\nAGFsaWNlAHNlY3JldA==\r\nDATA\r\nHELO x\r\n.\r\nQUIT\r\n"]));

    [Theory]
    [InlineData("BDAT -1 LAST")]
    [InlineData("BDAT 99999999999999999999")]
    [InlineData("BDAT x")]
    [InlineData("BDAT 5 X")]
    public void Chunk_size_that_is_none_is_told(string line) =>
        Assert.Contains("anomaly kind=line.literal detail=BDAT without a size that can be", Dialogue.Tell("smtp", ["C " + line + "\r\nQUIT\r\n"]));

    [Fact]
    public void First_word_of_ftp_and_smtp_servers_is_told_apart_by_the_client()
    {
        Assert.StartsWith("smtp", Dialogue.Recognised(5555, "S 220 hello\r\n", "C EHLO c\r\n", "S 250 ok\r\n")[0], StringComparison.Ordinal);
        Assert.StartsWith("ftp", Dialogue.Recognised(5555, "S 220 hello\r\n", "C USER c\r\n", "S 331 ok\r\n")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_behind_the_handshake_of_a_proxy_is_found() => Assert.Equal(
        "smtp command=EHLO argument=c reply_code=250 reply=ok helo=c",
        Dialogue.Recognised(1080, "C \u0005\u0001\u0000", "S \u0005\u0000", "C \u0005\u0001\u0000\u0001\u0001\u0001\u0001\u0001\u0000\u0019", "S \u0005\u0000\u0000\u0001\u0001\u0001\u0001\u0001\u0000\u0019", "C EHLO c\r\n", "S 250 ok\r\n").Last());
}
