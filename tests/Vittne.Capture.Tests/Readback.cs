using Vittne.TestKit;

namespace Vittne.Capture.Tests;

/// <summary>A capture read to its end, everything copied out.</summary>
internal sealed record Readback(
    ReadOutcome Outcome, List<PacketRef> Packets, List<byte[]> Bytes, List<byte[]> PacketOptions, IReadOnlyList<string> Notes, CaptureCounters Counters)
{
    /// <summary>Packets as values that compare by content: everything but where the bytes lie.</summary>
    public List<string> Lines
    {
        get
        {
            var lines = new List<string>();
            for (int index = 0; index < Packets.Count; index++)
            {
                PacketRef packet = Packets[index] with { Offset = 0 };
                lines.Add($"{packet} {Convert.ToHexString(Bytes[index])} {Convert.ToHexString(PacketOptions[index])}");
            }

            return lines;
        }
    }

    /// <summary>Reads a capture from a stream.</summary>
    public static Readback OfStream(Stream stream, CaptureReaderOptions? options = null)
    {
        using var reader = CaptureReader.Open(stream, "x", options);
        return Of(reader);
    }

    /// <summary>Reads a capture from a stream of these bytes.</summary>
    public static Readback OfBytes(byte[] bytes, CaptureReaderOptions? options = null) => OfStream(new MemoryStream(bytes), options);

    /// <summary>Reads a capture from a mapped file of these bytes.</summary>
    public static Readback OfFile(byte[] bytes, CaptureReaderOptions? options = null)
    {
        using var file = new TemporaryFile(bytes);
        using var reader = CaptureReader.Open(file.Path, options);
        return Of(reader);
    }

    /// <summary>Reads all of a capture.</summary>
    public static Readback Of(CaptureReader reader)
    {
        var packets = new List<PacketRef>();
        var bytes = new List<byte[]>();
        var options = new List<byte[]>();
        var batch = new PacketBatch();
        while (reader.Read(batch) == ReadOutcome.More)
        {
            Assert.InRange(batch.Count, 1, PacketBatch.Capacity);
            for (int index = 0; index < batch.Count; index++)
            {
                packets.Add(batch.Packets[index]);
                bytes.Add(batch.Bytes(index).ToArray());
                options.Add(batch.Options(index).ToArray());
                Assert.Equal(batch.Packets[index].CapturedLength, bytes[^1].Length);
                Assert.True(batch.Packets[index].Interface < batch.Section!.Interfaces.Count);
            }
        }

        Assert.Equal(0, batch.Count);
        Assert.Equal(reader.Outcome, reader.Read(batch));
        Assert.Equal(packets.Count, reader.Counters.Packets);
        return new Readback(reader.Outcome, packets, bytes, options, reader.Notes, reader.Counters);
    }
}
