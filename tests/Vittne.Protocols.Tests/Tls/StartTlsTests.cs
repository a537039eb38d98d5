using Vittne.Packets;
using Vittne.Protocols.Sessions;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Tls;

public sealed class StartTlsTests
{
    [Fact]
    public void Handshake_behind_plain_commands_is_found()
    {
        RecordList records = [];
        var stream = new ProtocolStream(TestFlow.Tcp(25), records, new ProtocolCounters(), ParserOptions.Messages);
        byte[] certificate = new Bytes().Repeat(0x30, 500).ToArray();

        Feed(stream, Direction.FromResponder, "220 mail.example.test ESMTP\r\n"u8, 1);
        Feed(stream, Direction.FromOriginator, "EHLO client.example.test\r\n"u8, 2);
        Feed(stream, Direction.FromResponder, "250-mail.example.test\r\n250 STARTTLS\r\n"u8, 3);
        Feed(stream, Direction.FromOriginator, "STARTTLS\r\n"u8, 4);
        Feed(stream, Direction.FromResponder, "220 go ahead\r\n"u8, 5);
        Feed(stream, Direction.FromOriginator, Hellos.HandshakeRecords(Hellos.Client("mail.example.test")), 6);
        Feed(stream, Direction.FromResponder, Hellos.HandshakeRecords([.. Hellos.Server(0x0303, 0xC02F, null), .. Hellos.Certificates(certificate)]), 7);

        Assert.Equal(
            [typeof(ClientHelloRecord), typeof(ServerHelloRecord), typeof(CertificateChainRecord)], records.Select(static record => record.GetType()).Where(static type => type != typeof(Vittne.Protocols.Smtp.SmtpRecord)));
    }

    private static void Feed(ProtocolStream stream, Direction direction, ReadOnlySpan<byte> data, long packet) =>
        stream.OnData(direction, data, TestFlow.At(packet));
}
