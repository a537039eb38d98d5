using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.Tests.CommandLines;
using Vittne.Protocols.Tftp;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tftp;

public sealed class TftpParserTests
{
    private static readonly ParserOptions All = new() { EmitsTransactions = true };

    private static Bytes Request => new Bytes().U16(1).TextZ("boot/image").TextZ("OCTET").TextZ("blksize").TextZ("1428");

    private static string[] Tell(ReadOnlySpan<byte> datagram)
    {
        RecordList records = [];
        new TftpParser(TestFlow.Udp(69), records, All).OnDatagram(Direction.FromOriginator, datagram, TestFlow.At(1));
        return FieldText.Tell(records);
    }

    [Fact]
    public void Request_tells_file_mode_and_options() =>
        Assert.Equal(["tftp opcode=rrq file=boot/image mode=octet options=[ { name=blksize value=1428 } ]"], Tell(Request));

    [Fact]
    public void Error_and_acknowledged_options_are_told_and_data_is_not()
    {
        Assert.Equal(["tftp opcode=error error_code=1 error=not found"], Tell(new Bytes().U16(5).U16(1).TextZ("not found")));
        Assert.Equal(["tftp opcode=oack options=[ { name=tsize value=9 } ]"], Tell(new Bytes().U16(6).TextZ("tsize").TextZ("9")));
        Assert.Empty(Tell(new Bytes().U16(3).U16(1).Text("data")));
    }

    [Fact]
    public void Request_that_is_cut_is_told_with_what_is_there() =>
        Assert.Equal(["tftp opcode=rrq file=boot mode=", "anomaly kind=tftp.short"], Tell(new Bytes().U16(1).Text("boot")));

    [Fact]
    public void Only_requests_and_options_are_recognised_on_any_port()
    {
        Assert.True(TftpParser.Recognizes(Request, 5000, 6000));
        Assert.True(TftpParser.Recognizes(new Bytes().U16(6).TextZ("tsize").TextZ("9"), 5000, 6000));
        Assert.False(TftpParser.Recognizes(new Bytes().U16(1).TextZ("boot").TextZ("other"), 5000, 69));
        Assert.False(TftpParser.Recognizes(new Bytes().U16(3).U16(1).Text("data"), 5000, 6000));
        Assert.False(TftpParser.Recognizes(new Bytes().U16(5).U16(1).TextZ("x"), 5000, 6000));
        Assert.True(TftpParser.Recognizes(new Bytes().U16(5).U16(1).TextZ("x"), 69, 6000));
    }

    [Fact]
    public void Hunting_wants_none_of_it() => Assert.True(new TftpParser(TestFlow.Udp(69), new RecordList(), ParserOptions.Messages).IsDone);

    [Fact]
    public void Garbage_damage_and_cuts_are_taken_without_exception() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 40], Gen.Byte).Sample((garbage, at, value) =>
        {
            Tell(garbage);
            TftpParser.Recognizes(garbage, 69, 69);
            byte[] good = Request.ToArray();
            Tell(good.AsSpan(0, Math.Min(at, good.Length)));
            good[at % good.Length] = value;
            Tell(good);
            TftpParser.Recognizes(good, 69, 69);
        });
}
