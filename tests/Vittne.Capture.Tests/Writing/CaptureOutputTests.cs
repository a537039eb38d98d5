using CsCheck;
using Vittne.Capture.Sources;
using Vittne.Capture.Writing;

namespace Vittne.Capture.Tests.Writing;

public sealed class CaptureOutputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void File_has_its_name_only_when_it_is_complete()
    {
        string path = Path.Combine(_folder, "a.pcap");
        File.WriteAllText(path, "before");
        using var output = CaptureOutput.Open(path);
        output.Write(new byte[100_000]);
        Assert.Equal("before", File.ReadAllText(path));

        output.Complete();
        Assert.Equal(100_000, new FileInfo(path).Length);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void File_that_was_not_completed_leaves_nothing()
    {
        string path = Path.Combine(_folder, "a.pcap");
        using (var output = CaptureOutput.Open(path))
        {
            output.Write(new byte[100_000]);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Others_may_not_read_the_file()
    {
        string path = Path.Combine(_folder, "a.pcap");
        using (var output = CaptureOutput.Open(path))
        {
            output.Complete();
        }

        UnixFileMode mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
        Assert.Equal(UnixFileMode.None, mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
    }

    [Fact]
    public void Full_disk_keeps_whole_records()
    {
        var full = new SmallDisk(1_000_000);
        using var output = CaptureOutput.To(full, "disk");
        long written = 0;
        OutputException failure = Assert.Throws<OutputException>((Action)(() =>
        {
            for (; written < 10_000; written++)
            {
                output.Take(1_000).Fill(7);
            }
        }));

        Assert.StartsWith("disk: ", failure.Message, StringComparison.Ordinal);
        Assert.InRange(written, 1_000, 1_300);
        output.Rescue();
    }

    [Theory]
    [InlineData("a.pcap.gz")]
    [InlineData("a.pcap.zst")]
    [InlineData("a.pcapng.lz4")]
    public void Ending_of_the_name_chooses_compression_which_the_reader_undoes(string name)
    {
        byte[] capture = new TestKit.PcapBuilder().Add(1_000, new byte[2_000]).Add(2_000, [.. Enumerable.Range(0, 255).Select(static i => (byte)i)]).ToArray();
        string path = Path.Combine(_folder, name);
        using (var output = CaptureOutput.Open(path))
        {
            output.Write(capture);
            output.Complete();
        }

        Assert.True(new FileInfo(path).Length < capture.Length);
        using var reader = CaptureReader.Open(path);
        Assert.Equal(2, Readback.Of(reader).Packets.Count);
        Assert.Equal(name.EndsWith(".lz4", StringComparison.Ordinal), CaptureOutput.IsPcapngName(path));
    }

    [Fact]
    public void Lz4_gives_back_what_was_written()
    {
        Gen<byte[]> repetitive = Gen.Int[0, 3].Select(static b => (byte)b).Array[0, 3_000];
        Gen.OneOf(Gen.Byte.Array[0, 3_000], repetitive, Gen.Select(repetitive, Gen.Int[1, 300], static (part, times) => Repeat(part, times))).Sample(content =>
        {
            var compressed = new MemoryStream();
            using (var stream = new Lz4OutputStream(new Unclosed(compressed)))
            {
                stream.Write(content);
            }

            using var read = new Lz4Stream(new MemoryStream(compressed.ToArray()));
            var back = new MemoryStream();
            read.CopyTo(back);
            Assert.Equal(content, back.ToArray());
        });
    }

    private static byte[] Repeat(byte[] part, int times)
    {
        byte[] all = new byte[part.Length * times];
        for (int i = 0; i < times; i++)
        {
            part.CopyTo(all, i * part.Length);
        }

        return all;
    }

    private sealed class SmallDisk(int capacity) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > capacity)
            {
                throw new IOException("no space is left on the device");
            }

            base.Write(buffer);
        }
    }

    private sealed class Unclosed(MemoryStream inner) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);
    }
}
