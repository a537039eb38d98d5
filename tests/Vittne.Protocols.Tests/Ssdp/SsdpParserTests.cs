using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Ssdp;
using Vittne.Protocols.Tests.CommandLines;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Ssdp;

public sealed class SsdpParserTests
{
    private const string Search = "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nST: ssdp:all\r\n\r\n";

    private static string[] Tell(ReadOnlySpan<byte> datagram)
    {
        RecordList records = [];
        new SsdpParser(TestFlow.Udp(1900), records, new ParserOptions { EmitsTransactions = true }).OnDatagram(Direction.FromOriginator, datagram, TestFlow.At(1));
        return FieldText.Tell(records);
    }

    [Fact]
    public void Search_and_answer_are_told_with_their_headers()
    {
        Assert.Equal(
            ["ssdp method=M-SEARCH uri=* version=HTTP/1.1 st=ssdp:all headers=[ [ HOST 239.255.255.250:1900 ] [ ST ssdp:all ] ]"], Tell(new Bytes().Text(Search)));
        Assert.Equal(
            ["ssdp version=HTTP/1.1 status=200 usn=uuid:1 location=http://192.0.2.1/d.xml headers=[ [ USN uuid:1 ] [ Location http://192.0.2.1/d.xml ] ]"],
            Tell("HTTP/1.1 200 OK\r\nUSN: uuid:1\r\nLocation: http://192.0.2.1/d.xml\r\n\r\n"u8));
    }

    [Fact]
    public void Requests_are_recognised_on_any_port_and_answers_on_their_own()
    {
        Assert.True(SsdpParser.Recognizes(new Bytes().Text(Search), 5000, 6000));
        Assert.True(SsdpParser.Recognizes("HTTP/1.1 200 OK\r\n"u8, 1900, 6000));
        Assert.False(SsdpParser.Recognizes("HTTP/1.1 200 OK\r\n"u8, 5000, 6000));
        Assert.False(SsdpParser.Recognizes("GET / HTTP/1.1\r\n"u8, 5000, 1900));
    }

    [Fact]
    public void Hunting_wants_none_of_it() => Assert.True(new SsdpParser(TestFlow.Udp(1900), new RecordList(), ParserOptions.Messages).IsDone);

    [Fact]
    public void Damage_and_cuts_are_taken_without_exception() =>
        Gen.Select(Gen.Int[0, 70], Gen.Byte).Sample((at, value) =>
        {
            byte[] good = new Bytes().Text(Search).ToArray();
            Tell(good.AsSpan(0, Math.Min(at, good.Length)));
            good[at % good.Length] = value;
            Tell(good);
        });
}
