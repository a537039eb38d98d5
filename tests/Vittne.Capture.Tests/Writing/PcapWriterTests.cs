using CsCheck;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Writing;

public sealed class PcapWriterTests
{
    private const uint WithFcs = 0x44000001;

    private static readonly Gen<(uint Seconds, uint Fraction, uint Original, byte[] Data)[]> Records =
        Gen.Select(Gen.UInt, Gen.UInt, Gen.UInt, Gen.Byte.Array[0, 80]).Array[0, 30];

    [Fact]
    public void Copy_of_a_plain_capture_is_the_capture_whatever_its_times_and_lengths_are() => Records.Sample(records =>
    {
        for (int unit = 0; unit < 2; unit++)
        {
            byte[] capture = Build(records, bigEndian: false, nanoseconds: unit == 1);
            Assert.Equal(capture, Copies.Pcap(capture, isNanosecond: unit == 1));
        }
    });

    [Fact]
    public void Copy_of_a_big_endian_capture_is_its_little_endian_twin() => Records.Sample(records =>
        Assert.Equal(Build(records, bigEndian: false, nanoseconds: false), Copies.Pcap(Build(records, bigEndian: true, nanoseconds: false))));

    [Fact]
    public void Frame_check_sequences_and_what_the_header_says_of_them_stay()
    {
        byte[] capture = new PcapBuilder(WithFcs).Add(1, new byte[64]).Add(2, new byte[10]).ToArray();

        Assert.Equal(capture, Copies.Pcap(capture));
    }

    [Fact]
    public void Nanoseconds_are_cut_off_where_microseconds_are_written()
    {
        byte[] fine = new PcapBuilder(nanoseconds: true).Add(1_999_999_999, [1, 2]).ToArray();
        byte[] coarse = new PcapBuilder().Add(1_999_999_000, [1, 2]).ToArray();

        Assert.Equal(coarse, Copies.Pcap(fine));
    }

    [Fact]
    public void Records_of_files_and_of_streams_lie_whole_in_the_batch()
    {
        byte[] capture = Build([(1, 2, 3, [4, 5, 6]), (7, 8, 9, []), (10, 11, 12, [13])], bigEndian: false, nanoseconds: false);
        using var file = new TemporaryFile(capture);
        foreach (CaptureReader reader in new[]
        {
            CaptureReader.Open(file.Path, new CaptureReaderOptions { Verbatim = true }),
            CaptureReader.Open(new MemoryStream(capture), "x", new CaptureReaderOptions { Verbatim = true }),
        })
        {
            using (reader)
            {
                var batch = new PacketBatch();
                reader.Read(batch);
                Assert.Equal(capture[24..], batch.Records(0, 3).ToArray());
                Assert.Equal(capture[(24 + 19)..(24 + 19 + 16)], batch.Records(1, 2).ToArray());
                Assert.Equal(16, batch.RecordHeaderLength);
            }
        }
    }

    private static byte[] Build((uint Seconds, uint Fraction, uint Original, byte[] Data)[] records, bool bigEndian, bool nanoseconds)
    {
        var file = new PcapBuilder(1, bigEndian, nanoseconds);
        foreach ((uint seconds, uint fraction, uint original, byte[] data) in records)
        {
            file.AddRaw(seconds, fraction, (uint)data.Length, original, data);
        }

        return file.ToArray();
    }
}
