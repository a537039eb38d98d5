using Vittne.Protocols.Quic;
using Vittne.TestKit;

namespace Vittne.Protocols.Tests.Quic;

/// <summary>The published packets of RFC 9001 appendix A and RFC 9369 appendix A.</summary>
public sealed class PacketProtectionTests
{
    private const string ClientFrames =
        "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
        + "616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
        + "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e0403050306030203080408050806002d00020101001c0002400100"
        + "3900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806048000ffff";

    private const string ServerFrames =
        "02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200130100002e00330024001d00209d3c94"
        + "0d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304";

    private const string ServerPacket1 =
        "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3"
        + "dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc4"
        + "2158407dd074ee";

    private const string ServerPacket2 =
        "dc6b3343cf0008f067a5502a4262b5004075d92faaf16f05d8a4398c47089698baeea26b91eb761d9b89237bbf87263017915358230035f7fd3945d88965cf17"
        + "f9af6e16886c61bfc703106fbaf3cb4cfa52382dd16a393e42757507698075b2c984c707f0a0812d8cd5a6881eaf21ceda98f4bd23f6fe1a3e2c43edd9ce7ca8"
        + "4bed8521e2e140";

    [Theory]
    [InlineData(1, ServerPacket1)]
    [InlineData(0x6B3343CF, ServerPacket2)]
    public void Published_server_packet_is_opened(uint version, string packet)
    {
        byte[]? frames = QuicDatagrams.Keys(version).Server.Open(Convert.FromHexString(packet), numberOffset: 18);

        Assert.NotNull(frames);
        Assert.Equal(ServerFrames, Convert.ToHexStringLower(frames));
    }

    [Theory]
    [InlineData(
        1, "c300000001088394c8f03e5157080000449e00000002",
        "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11d242b123dc9b", "e221af44860018ab0856972e194cd934")]
    [InlineData(
        0x6B3343CF, "d36b3343cf088394c8f03e5157080000449e00000002",
        "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485dd04de806071", "a18b2faa745b6fe189cf772a9f84cbfc")]
    public void Published_client_packet_comes_out(uint version, string header, string start, string end)
    {
        byte[] frames = new Bytes().Hex(ClientFrames).Repeat(0, 917).ToArray();
        PacketProtection client = QuicDatagrams.Keys(version).Client;

        byte[] packet = client.Seal(Convert.FromHexString(header), 4, frames);

        Assert.Equal(1_200, packet.Length);
        Assert.StartsWith(start, Convert.ToHexStringLower(packet), StringComparison.Ordinal);
        Assert.EndsWith(end, Convert.ToHexStringLower(packet), StringComparison.Ordinal);
        Assert.Equal(frames, client.Open(packet, numberOffset: 18));
    }

    [Fact]
    public void Packet_too_short_for_a_sample_is_refused() =>
        Assert.Null(QuicDatagrams.Keys().Client.Open(new byte[30], numberOffset: 18));

    [Fact]
    public void Packet_of_the_other_side_is_refused() =>
        Assert.Null(QuicDatagrams.Keys().Client.Open(Convert.FromHexString(ServerPacket1), numberOffset: 18));
}
