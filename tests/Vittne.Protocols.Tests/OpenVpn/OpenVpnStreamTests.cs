using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.OpenVpn;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.OpenVpn;

public sealed class OpenVpnStreamTests
{
    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };

    private static byte[] Hello => Hellos.Client("vpn.example.test");

    private static byte[] ClientStream
    {
        get
        {
            byte[] hello = Hellos.HandshakeRecords(Hello);
            byte[] data = new Bytes().U8(0x30).Repeat(0x16, 300).ToArray();
            return OpenVpnPackets.Framed(
                OpenVpnPackets.ClientReset(20), data, OpenVpnPackets.Control(isClient: true, 1, hello.AsSpan(0, 40), 20), [], data, OpenVpnPackets.Control(isClient: true, 2, hello.AsSpan(40), 20));
        }
    }

    [Fact]
    public void Cutting_the_stream_does_not_change_what_is_told() =>
        Gen.Int[1, 120].Array[1, 8].Sample(lengths =>
        {
            RecordList records = [];
            var session = new ProtocolStream(TestFlow.Tcp(443), records, new ProtocolCounters(), Whole);
            ReadOnlySpan<byte> rest = ClientStream;
            for (int turn = 0; !rest.IsEmpty; turn++)
            {
                int length = Math.Min(rest.Length, lengths[turn % lengths.Length]);
                session.OnData(Direction.FromOriginator, rest[..length], TestFlow.At(1));
                rest = rest[length..];
            }

            session.OnData(Direction.FromResponder, OpenVpnPackets.Framed(OpenVpnPackets.ServerReset(20)), TestFlow.At(2));
            session.OnEnd(Direction.FromOriginator, TestFlow.At(3));
            session.OnEnd(Direction.FromResponder, TestFlow.At(3));
            return records.OfType<ClientHelloRecord>().Single().Message.AsSpan().SequenceEqual(Hello) && records.OfType<TlsHandshakeRecord>().Single().Handshake.StartTls == "openvpn";
        });

    [Fact]
    public void Behind_a_gap_it_goes_on_with_a_packet_of_the_session()
    {
        RecordList records = [];
        StreamFeeder feeder = new(new OpenVpnStreamParser(TestFlow.Tcp(1194), records, Whole));
        byte[] hello = OpenVpnPackets.Framed(OpenVpnPackets.Control(isClient: true, 1, Hellos.HandshakeRecords(Hello)));

        feeder.Client(OpenVpnPackets.Framed(OpenVpnPackets.ClientReset())).Gap(Direction.FromOriginator, 100)
            .Client(OpenVpnPackets.Framed(OpenVpnPackets.Packet(4, 0, 0x1122_3344_5566_7788, 1, null, new byte[40]))).Client(new byte[90]).Client(hello).End();

        Assert.Equal(Hello, Assert.Single(records.OfType<ClientHelloRecord>()).Message);
    }

    [Theory]
    [InlineData("0026384834857703D96DB3")]
    [InlineData("000E380000000003D96DB30000000000")]
    [InlineData("000E39348577034ED96DB30000000000")]
    [InlineData("FF")]
    public void Streams_of_something_else_are_not_known(string start) =>
        Assert.NotEqual(Recognition.Yes, OpenVpnStreamParser.Recognizes(Convert.FromHexString(start)));

    [Fact]
    public void Stream_is_known_by_its_first_whole_packet()
    {
        byte[] reset = OpenVpnPackets.Framed(OpenVpnPackets.ClientReset(32));
        for (int length = 0; length < reset.Length; length++)
        {
            Assert.Equal(Recognition.NeedMore, OpenVpnStreamParser.Recognizes(reset.AsSpan(0, length)));
        }

        Assert.Equal(Recognition.Yes, OpenVpnStreamParser.Recognizes(reset));
        Assert.Equal(Recognition.Yes, OpenVpnStreamParser.Recognizes(OpenVpnPackets.Framed(OpenVpnPackets.Control(isClient: true, 1, Hellos.HandshakeRecords(Hello), 16))));
    }

    [Fact]
    public void Garbage_never_throws() =>
        Gen.Byte.Array[0, 200].List[0, 10].Sample(segments =>
        {
            StreamFeeder feeder = new(new OpenVpnStreamParser(TestFlow.Tcp(1194), new RecordList(), Whole));
            feeder.Client(OpenVpnPackets.Framed(OpenVpnPackets.ClientReset()));
            foreach (byte[] segment in segments)
            {
                feeder.Client(segment).Server(segment);
            }

            feeder.End();
        });
}
