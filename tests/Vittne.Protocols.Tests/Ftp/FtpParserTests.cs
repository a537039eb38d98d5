using Vittne.Protocols.Tests.CommandLines;

namespace Vittne.Protocols.Tests.Ftp;

public sealed class FtpParserTests
{
    [Fact]
    public void Commands_pair_with_their_replies_and_tell_user_and_data_channel() => Assert.Equal(
        [
            "ftp reply_code=220 reply=Welcome\n 331 to\nFTP server",
            "ftp command=USER argument=alice reply_code=331 reply=password user=alice",
            "ftp command=PASS argument=secret word reply_code=230 reply=in user=alice",
            "ftp command=PASV reply_code=227 reply=Entering Passive Mode (192,0,2,1,4,1) user=alice data_channel={ mode=passive ip=192.0.2.1 port=1025 }",
            "ftp command=RETR argument=a file reply_code=226 reply=done interim=[ 150 ] user=alice",
            "ftp command=EPSV reply_code=229 reply=Extended (|||5000|) user=alice data_channel={ mode=passive ip=192.0.2.1 port=5000 }",
            "ftp command=PORT argument=10,0,0,1,0,20 reply_code=200 reply=ok user=alice data_channel={ mode=active ip=10.0.0.1 port=20 }",
            "ftp command=EPRT argument=|2|2001:db8::1|5282| reply_code=200 reply=ok user=alice data_channel={ mode=active ip=2001:db8::1 port=5282 }",
            "ftp command=QUIT reply_code=221 reply=bye user=alice",
        ],
        Dialogue.Tell("ftp", Dialogue.Sample("ftp")));

    [Theory]
    [InlineData("PORT 10,0,0,1,0")]
    [InlineData("PORT 10,0,0,256,0,1")]
    [InlineData("PORT")]
    [InlineData("EPRT |2|nonsense|1|")]
    [InlineData("EPRT |1|10.0.0.1|99999|")]
    [InlineData("EPRT |1|10.0.0.1")]
    [InlineData("EPRT")]
    public void Address_that_is_none_gives_no_channel(string command) =>
        Assert.DoesNotContain("data_channel", Dialogue.Tell("ftp", [$"C {command}\r\n"]).Single(), StringComparison.Ordinal);

    [Fact]
    public void Interrupt_before_abor_is_not_part_of_it() =>
        Assert.Equal("ftp command=ABOR reply_code=226 reply=ok", Dialogue.Tell("ftp", ["C \u00ff\u00f4\u00ff\u00f2ABOR\r\n", "S 226 ok\r\n"]).Single());

    [Fact]
    public void Gssapi_keeps_the_connection_in_lines()
    {
        string[] records = Dialogue.Tell("ftp", ["C AUTH GSSAPI\r\n", "S 334 go on\r\n", "C ADAT YQ==\r\n", "S 235 done\r\n"], out StreamParser parser);

        Assert.False(parser.HandsOver);
        Assert.Equal("ftp command=ADAT argument=YQ== reply_code=235 reply=done", records[^1]);
    }

    [Fact]
    public void Commands_without_reply_are_told_at_the_end() =>
        Assert.Equal(["ftp command=USER argument=a user=a", "ftp command=PASS argument=b user=a"], Dialogue.Tell("ftp", ["C USER a\r\nPASS b\r\n"]));
}
