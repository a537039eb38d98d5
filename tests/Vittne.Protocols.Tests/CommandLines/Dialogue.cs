using System.Text;
using Vittne.Packets;
using Vittne.Protocols.Ftp;
using Vittne.Protocols.Imap;
using Vittne.Protocols.Irc;
using Vittne.Protocols.Pop3;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Smtp;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.CommandLines;

/// <summary>Plays turns of a client (<c>C text</c>) and a server (<c>S text</c>) to a parser. Turns hold their line ends.</summary>
internal static class Dialogue
{
    /// <summary>The parser of a protocol.</summary>
    public static StreamParser Parser(string protocol, RecordList records) => protocol switch
    {
        "smtp" => new SmtpParser(TestFlow.Tcp(25), records),
        "ftp" => new FtpParser(TestFlow.Tcp(21), records),
        "pop3" => new Pop3Parser(TestFlow.Tcp(110), records),
        "imap" => new ImapParser(TestFlow.Tcp(143), records),
        _ => new IrcParser(TestFlow.Tcp(6667), records),
    };

    /// <summary>Records of the turns, each turn cut into segments of the given lengths.</summary>
    public static string[] Tell(string protocol, string[] turns, params int[] lengths) => Tell(protocol, turns, out _, lengths);

    /// <summary>The same, with the parser as it is at the end.</summary>
    public static string[] Tell(string protocol, string[] turns, out StreamParser parser, params int[] lengths)
    {
        RecordList records = [];
        parser = Parser(protocol, records);
        var feeder = new StreamFeeder(parser);
        foreach (string turn in turns)
        {
            feeder.Cut(turn[0] == 'C' ? Direction.FromOriginator : Direction.FromResponder, Encoding.Latin1.GetBytes(turn[2..]), lengths);
        }

        feeder.End();
        return FieldText.Tell(records);
    }

    /// <summary>Records of the turns through recognition on a port, one segment a turn.</summary>
    public static string[] Recognised(ushort port, params string[] turns)
    {
        RecordList records = [];
        var stream = new ProtocolStream(TestFlow.Tcp(port), records, new ProtocolCounters(), ParserOptions.Messages);
        long packet = 0;
        foreach (string turn in turns)
        {
            stream.OnData(turn[0] == 'C' ? Direction.FromOriginator : Direction.FromResponder, Encoding.Latin1.GetBytes(turn[2..]), TestFlow.At(++packet));
        }

        stream.OnEnd(Direction.FromOriginator, TestFlow.At(++packet));
        stream.OnEnd(Direction.FromResponder, TestFlow.At(packet));
        return FieldText.Tell(records);
    }

    /// <summary>An ordinary session of each protocol with all that is hard in it.</summary>
    public static string[] Sample(string protocol) => protocol switch
    {
        "smtp" =>
        [
            "S 220-mail.example.test\r\n220 ESMTP ready\r\n", "C EHLO client.example.test\r\n", "S 250-mail.example.test\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN\r\n",
            "C AUTH LOGIN\r\n", "S 334 VXNlcm5hbWU6\r\n", "C YWxpY2U=\r\n", "S 334 UGFzc3dvcmQ6\r\n", "C c2VjcmV0\r\n", "S 235 welcome\r\n",
            "C MAIL FROM:<a@example.test> SIZE=9\r\nRCPT TO:<b@example.test>\r\nRCPT TO:<c@example.test>\r\nDATA\r\n",
            "S 250 ok\r\n250 ok\r\n550 nobody\r\n354 go on\r\n", "C Subject: x\r\n\r\nQUIT\r\n..\r\n.x\r\nRSET\r\n.\r\n", "S 250 queued\r\n",
            "C MAIL FROM:<>\r\nRCPT TO:<d@example.test>\r\nBDAT 9\r\nQUIT\r\nRSEBDAT 4 LAST\r\nT\r\n\n", "S 250 ok\r\n250 ok\r\n250 ok\r\n250 ok\r\n", "C QUIT\r\n", "S 221 bye\r\n",
        ],
        "ftp" =>
        [
            "S 220-Welcome\r\n 331 to\r\n220 FTP server\r\n", "C USER alice\r\n", "S 331 password\r\n", "C PASS secret word\r\n", "S 230 in\r\n",
            "C PASV\r\n", "S 227 Entering Passive Mode (192,0,2,1,4,1)\r\n", "C RETR a file\r\n", "S 150 opening\r\n", "S 226 done\r\n",
            "C EPSV\r\n", "S 229 Extended (|||5000|)\r\n", "C PORT 10,0,0,1,0,20\r\nEPRT |2|2001:db8::1|5282|\r\n", "S 200 ok\r\n200 ok\r\n", "C QUIT\r\n", "S 221 bye\r\n",
        ],
        "pop3" =>
        [
            "S +OK ready <7.1@example.test>\r\n", "C APOP alice 0123456789abcdef0123456789abcdef\r\n", "S -ERR no\r\n", "C USER alice\r\n", "S +OK\r\n", "C PASS secret\r\n", "S +OK in\r\n",
            "C CAPA\r\nLIST\r\n", "S +OK\r\nTOP\r\n.\r\n+OK 1\r\n1 9\r\n.\r\n", "C RETR 1\r\n", "S +OK 9\r\n+OK no answer\r\n-ERR\r\n..\r\n.\r\n",
            "C AUTH PLAIN\r\n", "S + \r\n", "C AGFsaWNlAHNlY3JldA==\r\n", "S -ERR already\r\n", "C QUIT\r\n", "S +OK bye\r\n",
        ],
        "imap" =>
        [
            "S * OK ready\r\n", "C a1 CAPABILITY\r\n", "S * CAPABILITY IMAP4rev1\r\na1 OK done\r\n", "C a2 LOGIN {5}\r\n", "S + go on\r\n", "C alice {6+}\r\nsec\"et\r\n", "S a2 OK in\r\n",
            "C a3 APPEND inbox {12}\r\n", "S + go on\r\n", "C a9 LOGOUT\r\nx\r\n", "S a3 OK\r\n", "C a4 UID FETCH 1 BODY[]\r\n", "S * 1 FETCH (BODY[] {9}\r\na4 BAD\r\n! UID 7)\r\na4 OK fetched\r\n",
            "C a5 AUTHENTICATE PLAIN\r\n", "S + \r\n", "C AGFsaWNlAHNlY3JldA==\r\n", "S a5 NO already\r\n", "C a6 IDLE\r\n", "S + idling\r\n", "C DONE\r\n", "S a6 OK\r\n", "C a7 LOGOUT\r\n", "S * BYE\r\na7 OK\r\n",
        ],
        _ =>
        [
            "C PASS hush\r\nNICK ada\r\nUSER ada 0 * :Ada L\r\n", "S :irc.example.test 001 ada :Welcome\r\nPING :42\r\n", "C PONG :42\r\nJOIN #talk\r\n",
            "S :ada!al@example.test JOIN :#talk\r\n@time=x :bob!b@h PRIVMSG #talk :hello there\r\n", "C QUIT\r\n",
        ],
    };
}
