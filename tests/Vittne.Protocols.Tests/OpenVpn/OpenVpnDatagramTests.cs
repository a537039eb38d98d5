using CsCheck;
using Vittne.Packets;
using Vittne.Protocols.OpenVpn;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.OpenVpn;

public sealed class OpenVpnDatagramTests
{
    private static readonly ParserOptions Whole = new() { EmitsTransactions = true };

    private static byte[] Hello => Hellos.Client("vpn.example.test");

    private static byte[] Answer => Hellos.HandshakeRecords([.. Hellos.Server(0x0303, 0xC02F, null), .. Hellos.Certificates([new Bytes().Repeat(0x30, 700).ToArray()])]);

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(28)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(64)]
    public void Handshake_is_read_with_and_without_authentication(int hmac)
    {
        RecordList records = Run(
            (Direction.FromOriginator, OpenVpnPackets.ClientReset(hmac)),
            (Direction.FromResponder, OpenVpnPackets.ServerReset(hmac)),
            (Direction.FromOriginator, OpenVpnPackets.Packet(5, 0, OpenVpnPackets.Client, null, OpenVpnPackets.Server, [], hmac)),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 1, Hellos.HandshakeRecords(Hello), hmac)),
            (Direction.FromResponder, OpenVpnPackets.Control(isClient: false, 1, Answer.AsSpan(0, 500), hmac, acknowledges: true)),
            (Direction.FromResponder, OpenVpnPackets.Control(isClient: false, 2, Answer.AsSpan(500), hmac)));

        Assert.Equal(Hello, Assert.Single(records.OfType<ClientHelloRecord>()).Message);
        Assert.Equal(6, Assert.Single(records.OfType<ServerHelloRecord>()).At.Number);
        Assert.Equal(6, Assert.Single(records.OfType<CertificateChainRecord>()).At.Number);
        FieldList fields = FieldList.Of(TlsSchema.Schema, Assert.Single(records.OfType<TlsHandshakeRecord>()));
        Assert.Equal(("vpn.example.test", "openvpn", "TLSv1.2"), (fields["sni"], fields["starttls"], fields["version"]));
        Assert.StartsWith("t13d02", fields["ja4"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Handshake_whose_beginning_was_not_captured_is_read(int hmac)
    {
        RecordList records = Run(
            (Direction.FromResponder, OpenVpnPackets.Control(isClient: false, 1, Answer, hmac, acknowledges: true)),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 1, Hellos.HandshakeRecords(Hello), hmac)));

        Assert.Single(records.OfType<ServerHelloRecord>());
        Assert.Single(records.OfType<ClientHelloRecord>());
    }

    [Fact]
    public void Pieces_in_any_order_and_repeated_make_one_hello() =>
        Gen.Select(Gen.Int[20, 60], Gen.Int[0, 1_000]).Sample((length, seed) =>
        {
            List<byte[]> packets = [.. Hellos.HandshakeRecords(Hello).Chunk(length).Select(static (piece, i) => OpenVpnPackets.Control(isClient: true, i + 1, piece))];
            packets = [.. packets, packets[0]];
            for (int i = packets.Count - 1; i > 0; i--)
            {
                int other = ((seed * 7919) + (31 * i)) % (i + 1);
                (packets[i], packets[other]) = (packets[other], packets[i]);
            }

            RecordList records = Run([(Direction.FromOriginator, OpenVpnPackets.ClientReset()), .. packets.Select(static packet => (Direction.FromOriginator, packet))]);
            return records.OfType<ClientHelloRecord>().Single().Message.AsSpan().SequenceEqual(Hello);
        });

    [Fact]
    public void New_keys_and_a_new_session_have_handshakes_of_their_own()
    {
        byte[] second = Hellos.Client("second.example.test");
        byte[] third = Hellos.Client("third.example.test");
        const long Restarted = 0x1122_3344_5566_7788;

        RecordList records = Run(
            (Direction.FromOriginator, OpenVpnPackets.ClientReset()),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 1, Hellos.HandshakeRecords(Hello))),
            (Direction.FromResponder, OpenVpnPackets.Packet(3, 1, OpenVpnPackets.Server, 0, null, [])),
            (Direction.FromOriginator, OpenVpnPackets.Packet(3, 1, OpenVpnPackets.Client, 0, null, [])),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 1, Hellos.HandshakeRecords(second), key: 1)),
            (Direction.FromOriginator, OpenVpnPackets.ClientReset(session: Restarted)),
            (Direction.FromOriginator, OpenVpnPackets.Packet(4, 0, Restarted, 1, null, Hellos.HandshakeRecords(third))));

        Assert.Equal([Hello, second, third], records.OfType<ClientHelloRecord>().Select(static record => record.Message));
        Assert.Equal(3, records.OfType<TlsHandshakeRecord>().Count());
    }

    [Fact]
    public void Resets_with_further_numbers_count()
    {
        RecordList records = Run(
            (Direction.FromOriginator, OpenVpnPackets.ClientReset()),
            (Direction.FromOriginator, OpenVpnPackets.Packet(7, 0, OpenVpnPackets.Client, 1, null, [])),
            (Direction.FromOriginator, OpenVpnPackets.Packet(7, 0, OpenVpnPackets.Client, 1, OpenVpnPackets.Server, [])),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 2, Hellos.HandshakeRecords(Hello))));

        Assert.Equal(4, Assert.Single(records.OfType<ClientHelloRecord>()).At.Number);
    }

    [Fact]
    public void Packets_of_another_session_do_not_disturb()
    {
        byte[] hello = Hellos.HandshakeRecords(Hello);

        RecordList records = Run(
            (Direction.FromOriginator, OpenVpnPackets.ClientReset()),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 1, hello.AsSpan(0, 50))),
            (Direction.FromOriginator, OpenVpnPackets.Packet(4, 0, OpenVpnPackets.Client + 1, 2, null, new byte[30])),
            (Direction.FromOriginator, OpenVpnPackets.Control(isClient: true, 2, hello.AsSpan(50))));

        Assert.Equal(Hello, Assert.Single(records.OfType<ClientHelloRecord>()).Message);
    }

    [Fact]
    public void Encrypted_control_channel_is_known_and_nothing_is_told()
    {
        byte[] reset = new Bytes().U8(0x38).U32(0x3834_8577).U32(0x03D9_6DB3).U32(1).U32(0x5A2B_3C4D).Repeat(0xA7, 37).ToArray();
        byte[] wrapped = new Bytes().U8(0x50).U32(0x3834_8577).U32(0x03D9_6DB3).U32(0x0F00_0001).U32(0x5A2B_3C4D).Repeat(0xA7, 37 + 297).U16(299).ToArray();
        RecordList records = [];
        var parser = new OpenVpnDatagramParser(TestFlow.Udp(1194), records);

        Assert.True(OpenVpnDatagramParser.Recognizes(reset));
        Assert.True(OpenVpnDatagramParser.Recognizes(wrapped));
        parser.OnDatagram(Direction.FromOriginator, wrapped, TestFlow.At(1));

        Assert.True(parser.IsDone);
        Assert.Empty(records);
    }

    [Fact]
    public void Cut_or_changed_resets_are_not_known()
    {
        foreach (int hmac in (int[])[0, 20, 64])
        {
            byte[] reset = OpenVpnPackets.ClientReset(hmac);
            byte[] answer = OpenVpnPackets.ServerReset(hmac);
            Assert.True(OpenVpnDatagramParser.Recognizes(reset));
            Assert.True(OpenVpnDatagramParser.Recognizes(answer));
            Assert.False(OpenVpnDatagramParser.Recognizes(reset.AsSpan(1)));
            Assert.False(OpenVpnDatagramParser.Recognizes(reset.AsSpan(0, reset.Length - 1)));
            Assert.False(OpenVpnDatagramParser.Recognizes([.. answer, 0]));
            reset[0] = 0x39;
            answer[^1] = 1;
            Assert.False(OpenVpnDatagramParser.Recognizes(reset));
            Assert.False(OpenVpnDatagramParser.Recognizes(answer));
        }

        Assert.False(OpenVpnDatagramParser.Recognizes(new Bytes().U8(0x38).Repeat(0, 13).ToArray()));
    }

    [Fact]
    public void Flow_of_something_else_is_given_up_and_tunnelled_data_is_not()
    {
        var parser = new OpenVpnDatagramParser(TestFlow.Udp(1194), new RecordList());
        parser.OnDatagram(Direction.FromOriginator, OpenVpnPackets.ClientReset(), TestFlow.At(1));
        for (int i = 0; i < 1_000; i++)
        {
            parser.OnDatagram(Direction.FromOriginator, [0x30, 1, 2, 3], TestFlow.At(2));
        }

        Assert.False(parser.IsDone);
        for (int i = 0; i < 64; i++)
        {
            parser.OnDatagram(Direction.FromOriginator, [0xFF, 1, 2, 3], TestFlow.At(3));
        }

        Assert.True(parser.IsDone);
    }

    [Fact]
    public void Garbage_never_throws() =>
        Gen.Select(Gen.Byte.Array[0, 120].List[0, 20], Gen.Bool).Sample((datagrams, isAuthenticated) =>
        {
            var session = new ProtocolDatagrams(TestFlow.Udp(1194), new RecordList(), new ProtocolCounters(), Whole);
            var parser = new OpenVpnDatagramParser(TestFlow.Udp(1194), new RecordList(), Whole);
            parser.OnDatagram(Direction.FromOriginator, OpenVpnPackets.ClientReset(isAuthenticated ? 20 : 0), TestFlow.At(1));
            foreach (byte[] datagram in datagrams)
            {
                session.OnDatagram(Direction.FromResponder, datagram, TestFlow.At(1));
                parser.OnDatagram(Direction.FromResponder, datagram, TestFlow.At(2));
            }

            parser.OnEnd(TestFlow.At(3));
        });

    private static RecordList Run(params (Direction Direction, byte[] Datagram)[] datagrams)
    {
        RecordList records = [];
        var session = new ProtocolDatagrams(TestFlow.Udp(53_194), records, new ProtocolCounters(), Whole);
        for (int i = 0; i < datagrams.Length; i++)
        {
            Assert.True(session.OnDatagram(datagrams[i].Direction, datagrams[i].Datagram, TestFlow.At(i + 1)));
        }

        session.OnEnd(TestFlow.At(datagrams.Length + 1));
        return records;
    }
}
