using Vittne.Packets;
using Vittne.Protocols.Ssh;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Ssh;

public sealed class SshRecordTests
{
    private static readonly string[] ClientLists =
        ["curve25519-sha256,ext-info-c", "ssh-ed25519,ssh-rsa", "aes256-cbc,aes128-ctr", "aes256-cbc", "hmac-sha2-256-etm@openssh.com", "hmac-sha1", "none", "none", "", ""];

    private static readonly string[] ServerLists =
        ["curve25519-sha256", "ssh-rsa,ssh-ed25519", "aes128-ctr,aes256-cbc", "aes256-cbc", "hmac-sha1,hmac-sha2-256-etm@openssh.com", "hmac-sha1", "none", "none", "", ""];

    private static Bytes Packet(Bytes payload) => new Bytes().Prefixed(32, new Bytes().U8(4).Raw(payload).Repeat(0, 4));

    private static Bytes KexInit(string[] lists)
    {
        Bytes payload = new Bytes().U8(20).Repeat(0xAA, 16);
        foreach (string list in lists)
        {
            payload.Prefixed(32, new Bytes().Text(list));
        }

        return Packet(payload.U8(0).U32(0));
    }

    private static Bytes Client => new Bytes().Text("SSH-2.0-OpenSSH_9.6 Debian\r\n").Raw(KexInit(ClientLists)).Raw(Packet(new Bytes().U8(30).Repeat(1, 36)));

    private static Bytes Server => new Bytes().Text("Hello\r\nSSH-2.0-dropbear\r\n").Raw(KexInit(ServerLists))
        .Raw(Packet(new Bytes().U8(31).Prefixed(32, new Bytes().Prefixed(32, new Bytes().Text("ssh-ed25519")).Prefixed(32, new Bytes().Repeat(7, 32))).Repeat(0, 8)));

    private static RecordList Parse(Bytes client, Bytes server, params int[] lengths)
    {
        RecordList records = [];
        new StreamFeeder(new SshParser(TestFlow.Tcp(22), records, new ParserOptions { EmitsTransactions = true }))
            .Cut(Direction.FromOriginator, client, lengths).Cut(Direction.FromResponder, server, lengths).End();
        return records;
    }

    [Fact]
    public void Connection_tells_both_sides_what_they_agree_on_and_the_host_key()
    {
        FieldList fields = FieldList.Of(SshSchema.Schema, Assert.Single(Parse(Client, Server).OfType<SshRecord>()));

        Assert.Equal(("SSH-2.0-OpenSSH_9.6 Debian", "SSH-2.0-dropbear", "Hello"), (fields["client_banner"], fields["server_banner"], fields["pre_banner"]));
        Assert.Equal(("OpenSSH_9.6", "dropbear", "2"), (fields["client_software"], fields["server_software"], fields["version"]));
        Assert.Equal(("curve25519-sha256", "ssh-ed25519", "aes256-cbc"), (fields["kex_alg"], fields["host_key_alg"], fields["cipher_alg"]));
        Assert.Equal(("hmac-sha2-256-etm@openssh.com", "none", "true"), (fields["mac_alg"], fields["compression_alg"], fields["terrapin"]));
        Assert.Equal("curve25519-sha256,ext-info-c;aes256-cbc,aes128-ctr;hmac-sha2-256-etm@openssh.com;none", fields["hassh_full"]);
        Assert.Equal("aes256-cbc,aes128-ctr", fields["client_kexinit.enc_c2s"]);

        // The digest of the key with its type, by sha256sum.
        Assert.Equal("SHA256:gNSIRW+2Iyiuvsdp/bgjy38bvWHw6wQm3tuoXrl3WjQ", fields["host_key_fingerprint"]);
    }

    [Fact]
    public void Connection_does_not_depend_on_how_it_was_cut()
    {
        for (int length = 1; length < 40; length += 3)
        {
            Assert.Single(Parse(Client, Server, length).OfType<SshRecord>());
            Assert.Equal("SHA256:gNSIRW+2Iyiuvsdp/bgjy38bvWHw6wQm3tuoXrl3WjQ", Assert.Single(Parse(Client, Server, length).OfType<SshRecord>()).HostKeyFingerprint);
        }
    }

    [Fact]
    public void One_side_alone_is_told_at_the_end()
    {
        SshRecord record = Assert.Single(Parse(new Bytes(), Server).OfType<SshRecord>());

        Assert.Null(record.ClientBanner);
        Assert.Equal("SSH-2.0-dropbear", record.ServerBanner);
    }

    [Fact]
    public void Strict_key_exchange_of_both_sides_closes_the_attack()
    {
        string[] client = [.. ClientLists], server = [.. ServerLists];
        client[0] += ",kex-strict-c-v00@openssh.com";
        server[0] += ",kex-strict-s-v00@openssh.com";
        Bytes banner = new Bytes().Text("SSH-2.0-x\r\n");
        Vittne.Packets.Records.Record record = Assert.Single(Parse(new Bytes().Raw(banner).Raw(KexInit(client)), new Bytes().Raw(banner).Raw(KexInit(server))).OfType<SshRecord>());

        Assert.Equal("false", FieldList.Of(SshSchema.Schema, record)["terrapin"]);
    }

    [Fact]
    public void Hunting_gets_no_record_of_the_connection()
    {
        RecordList records = [];
        new StreamFeeder(new SshParser(TestFlow.Tcp(22), records)).Client(Client).Server(Server).End();

        Assert.Empty(records.OfType<SshRecord>());
    }
}
