using CsCheck;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Ssh;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Ssh;

public sealed class SshParserTests
{
    private static readonly string[] Lists =
        ["curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes256-ctr", "hmac-sha2-256", "hmac-sha2-512", "none", "zlib", "", ""];

    private static Bytes KexInit(string[] lists)
    {
        Bytes payload = new Bytes().U8(20).Repeat(0xAA, 16);
        foreach (string list in lists)
        {
            payload.Prefixed(32, new Bytes().Text(list));
        }

        payload.U8(0).U32(0);
        return new Bytes().Prefixed(32, new Bytes().U8(4).Raw(payload).Repeat(0, 4));
    }

    private static Bytes Client => new Bytes().Text("SSH-2.0-OpenSSH_9.6 Debian\r\n").Raw(KexInit(Lists));

    private static Bytes Server => new Bytes().Text("Welcome\r\nto the machine\nSSH-2.0-dropbear\n").Raw(KexInit(Lists));

    private static RecordList Parse(Bytes client, Bytes server, params int[] lengths)
    {
        RecordList records = [];
        new StreamFeeder(new SshParser(TestFlow.Tcp(22), records))
            .Cut(Direction.FromOriginator, client, lengths).Cut(Direction.FromResponder, server, lengths).End();
        return records;
    }

    [Fact]
    public void Banners_and_kexinit_of_both_sides_are_told()
    {
        RecordList records = Parse(Client, Server);

        Assert.Equal("SSH-2.0-OpenSSH_9.6 Debian", Assert.IsType<SshBannerRecord>(records[0]).Banner);
        SshKexInitRecord client = Assert.IsType<SshKexInitRecord>(records[1]);
        SshBannerRecord banner = Assert.IsType<SshBannerRecord>(records[2]);
        SshKexInitRecord server = Assert.IsType<SshKexInitRecord>(records[3]);
        Assert.Equal(Lists, client.NameLists);
        Assert.Equal("SSH-2.0-dropbear", banner.Banner);
        Assert.Equal(["Welcome", "to the machine"], banner.PreBanner);
        Assert.Equal(32, client.Hassh.Length);
        Assert.NotEqual(client.Hassh, server.Hassh);
    }

    [Fact]
    public void Fingerprint_is_that_of_its_definition()
    {
        // MD5 of "curve25519-sha256;aes128-ctr;hmac-sha2-256;none" and "curve25519-sha256;aes256-ctr;hmac-sha2-512;zlib".
        Assert.Equal("e97d07603350d1111ec2b64bf25413c9", SshKexInit.Fingerprint(Lists, Direction.FromOriginator));
        Assert.Equal("13475e66a348152c5153e178e028706a", SshKexInit.Fingerprint(Lists, Direction.FromResponder));
    }

    [Fact]
    public void Parser_is_done_behind_kexinit_and_asks_for_no_encrypted_byte()
    {
        var parser = new SshParser(TestFlow.Tcp(22), new RecordList());
        StreamFeeder feeder = new StreamFeeder(parser).Client(new Bytes().Raw(Client).Text("encrypted"));

        Assert.True(parser.IsDone(Direction.FromOriginator));
        Assert.False(parser.IsDone(Direction.FromResponder));
        Assert.Empty(feeder.Rest(Direction.FromOriginator));
    }

    [Fact]
    public void First_protocol_version_ends_with_its_banner()
    {
        var parser = new SshParser(TestFlow.Tcp(22), new RecordList());
        new StreamFeeder(parser).Client(new Bytes().Text("SSH-1.5-old\n")).Server(new Bytes().Text("SSH-1.99-both\n"));

        Assert.True(parser.IsDone(Direction.FromOriginator));
        Assert.False(parser.IsDone(Direction.FromResponder));
    }

    public static TheoryData<string, byte[], AnomalyKind> Broken => new()
    {
        { "long banner", new Bytes().Text("SSH-2.0-").Repeat('x', 300).Text("\r\n").ToArray(), AnomalyKind.SshBanner },
        { "huge packet", new Bytes().Text("SSH-2.0-x\r\n").U32(35_001).U16(0).ToArray(), AnomalyKind.SshKexinit },
        { "empty packet", new Bytes().Text("SSH-2.0-x\r\n").U32(1).U16(0).ToArray(), AnomalyKind.SshKexinit },
        { "list past the end", new Bytes().Text("SSH-2.0-x\r\n").Prefixed(32, new Bytes().U8(0).U8(20).Repeat(0, 16).U32(99)).ToArray(), AnomalyKind.SshKexinit },
        { "padding over all", new Bytes().Text("SSH-2.0-x\r\n").Prefixed(32, new Bytes().U8(200).U8(20).Repeat(0, 16)).ToArray(), AnomalyKind.SshKexinit },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_handshake_is_told_with_its_reason(string what, byte[] client, AnomalyKind expected)
    {
        RecordList records = Parse(new Bytes().Raw(client), new Bytes());

        Assert.True(records.OfType<AnomalyRecord>().Single().Kind == expected, what);
        Assert.Single(records.OfType<SshBannerRecord>());
    }

    [Fact]
    public void Long_banner_is_cut_at_the_limit_of_the_protocol() =>
        Assert.Equal(255, Parse(new Bytes().Raw(Broken.First().Data.Item2), new Bytes()).OfType<SshBannerRecord>().Single().Banner.Length);

    [Theory]
    [InlineData("SSH-2.0-x", Recognition.Yes)]
    [InlineData("SSH-1.99-x", Recognition.Yes)]
    [InlineData("hello\r\nSSH-2.0-x", Recognition.Yes)]
    [InlineData("SS", Recognition.NeedMore)]
    [InlineData("welcome\r\n", Recognition.NeedMore)]
    [InlineData("SSH-x", Recognition.NeedMore)]
    [InlineData("\u0016\u0003\u0001\u0000\u0000", Recognition.No)]
    public void Recognition_knows_banners_and_waits_behind_text(string start, Recognition expected) =>
        Assert.Equal(expected, SshParser.Recognizes(new Bytes().Text(start)));

    [Fact]
    public void Endless_text_is_not_ssh() =>
        Assert.Equal(Recognition.No, SshParser.Recognizes(new Bytes().Repeat('a', 3000)));

    [Fact]
    public void One_byte_segments_do_not_cost_a_call_each_in_packets()
    {
        StreamFeeder feeder = new StreamFeeder(new SshParser(TestFlow.Tcp(22), new RecordList())).Cut(Direction.FromOriginator, Client, 1);

        Assert.InRange(feeder.Calls, 1, 40);
    }

    [Fact]
    public void Any_segmentation_gives_equal_records()
    {
        List<string> whole = Tell(Parse(Client, Server));
        Gen.Int[1, 60].Array[1, 6].Sample(lengths => Tell(Parse(Client, Server, lengths)).SequenceEqual(whole));
    }

    [Fact]
    public void Damaged_stream_is_taken_without_exception_and_as_any_segmentation_says() =>
        Gen.Select(Gen.Int[0, 250], Gen.Byte, Gen.Int[1, 60].Array[1, 6]).Sample((at, value, lengths) =>
        {
            byte[] bytes = Server.ToArray();
            bytes[at % bytes.Length] = value;
            return Tell(Parse(new Bytes(), new Bytes().Raw(bytes))).SequenceEqual(Tell(Parse(new Bytes(), new Bytes().Raw(bytes), lengths)));
        });

    private static List<string> Tell(RecordList records) => [.. records.Select(record => record switch
    {
        SshBannerRecord banner => $"{banner.Direction} {string.Join('|', banner.PreBanner)} {banner.Banner}",
        SshKexInitRecord kexInit => $"{kexInit.Direction} {string.Join('|', kexInit.NameLists)} {kexInit.Hassh}",
        AnomalyRecord anomaly => $"{anomaly.Direction} {anomaly.Kind}",
        _ => "?",
    })];
}
