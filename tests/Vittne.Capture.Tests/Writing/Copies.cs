using Vittne.Capture.Writing;

namespace Vittne.Capture.Tests.Writing;

/// <summary>Copies of captures through a writer.</summary>
internal static class Copies
{
    /// <summary>Writes all packets and blocks of a capture.</summary>
    public static byte[] Write(byte[] capture, Func<CaptureReader, CaptureOutput, CaptureWriter> create)
    {
        var content = new KeptStream();
        using (var reader = CaptureReader.Open(new MemoryStream(capture), "x", new CaptureReaderOptions { Verbatim = true }))
        {
            using CaptureWriter writer = create(reader, CaptureOutput.To(content, "x"));
            var batch = new PacketBatch();
            int fractionNs = reader.PcapForm is { IsNanosecond: false } ? 1_000 : 1;
            ReadOutcome outcome;
            do
            {
                outcome = reader.Read(batch);
                int next = 0;
                for (int i = 0; i <= batch.Count; i++)
                {
                    for (; next < batch.Blocks.Count && batch.Blocks[next].Before == i; next++)
                    {
                        writer.WriteBlock(batch.Section!, batch.Blocks[next]);
                    }

                    if (i < batch.Count)
                    {
                        writer.Write(OutputPacket.Of(batch, i, fractionNs));
                    }
                }
            }
            while (outcome == ReadOutcome.More);
            writer.Complete();
        }

        return content.Content;
    }

    /// <summary>Writes a capture as pcapng.</summary>
    public static byte[] Pcapng(byte[] capture, PcapngWriterOptions? options = null) =>
        Write(capture, (_, output) => new PcapngWriter(output, options ?? new PcapngWriterOptions()));

    /// <summary>Writes a capture as pcap of Ethernet.</summary>
    public static byte[] Pcap(byte[] capture, bool isNanosecond = false) =>
        Write(capture, (reader, output) => new PcapWriter(
            output, new PcapHeader(1, reader.PcapForm?.SnapLength ?? 262_144, isNanosecond, reader.PcapForm?.LinkTypeExtension ?? 0)));

    /// <summary>What was written stays readable after the writer closed it.</summary>
    private sealed class KeptStream : MemoryStream
    {
        public byte[] Content { get; private set; } = [];

        protected override void Dispose(bool disposing)
        {
            if (Content.Length == 0)
            {
                Content = ToArray();
            }

            base.Dispose(disposing);
        }
    }
}
