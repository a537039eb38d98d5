using System.Security.Cryptography;
using Vittne.Engine.Info;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Info;

public sealed class FileDigestTests
{
    private const long Start = 1_700_000_000_000_000_000;

    [Theory]
    [InlineData(10)]
    [InlineData(6_000_000)]
    public void Digest_is_of_every_byte_also_of_those_behind_damage(int stray)
    {
        var pcap = new PcapBuilder();
        for (int i = 0; i < 5_000; i++)
        {
            pcap.Add(Start + i, new byte[i % 700]);
        }

        // A length that cannot be ends the packets; the rest of the file counts all the same.
        byte[] rest = Enumerable.Repeat((byte)0xFF, stray).ToArray();
        Check(pcap.AddBytes(rest).ToArray(), packets: 5_000);
    }

    [Fact]
    public void Digest_holds_what_the_reader_has_skipped()
    {
        byte[] capture = new PcapngBuilder().AddSection().AddInterface()
            .AddPacket(1, new byte[100])
            .AddBlock(0x0BAD, new byte[5_000_000])
            .AddPacket(2, new byte[100])
            .ToArray();
        Check(capture, packets: 2);
    }

    private static void Check(byte[] capture, long packets)
    {
        using var file = new TemporaryFile(capture);
        foreach (bool isDeep in new[] { false, true })
        {
            CaptureInfo info = new InfoRun(new InfoOptions { IsDeep = isDeep }).Read(file.Path, TestContext.Current.CancellationToken);
            Assert.Equal(packets, info.Packets);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(capture)), Assert.Single(info.Digests).Hex);
        }
    }
}
