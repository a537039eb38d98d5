using System.IO.Compression;
using Vittne.Capture;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>The readers of capture files, compressed ones included, to their last packet.</summary>
internal sealed class CaptureTarget() : FuzzTarget("capture")
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 53, HandMade.DnsQuery)));
        byte[] pcap = new PcapBuilder().Add(1_000_000_000, frame).Add(2_000_000_000, frame).ToArray();
        byte[] pcapng = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, frame).AddSimplePacket(frame).AddObsoletePacket(2, frame)
            .AddName([192, 0, 2, 1], "a.test").AddSecrets(0x544C534B, "CLIENT_RANDOM 00 00\n"u8).AddStatistics(0, 5, 1).ToArray();
        yield return pcap;
        yield return pcapng;
        yield return new PcapBuilder(bigEndian: true, nanoseconds: true).Add(1_000_000_000, frame).ToArray();
        yield return new PcapngBuilder(bigEndian: true).AddSection().AddInterface().AddPacket(1, frame).ToArray();
        yield return new PcapBuilder { Magic = 0xA1B2CD34 }.ToArray();
        foreach (byte[] file in (byte[][])[pcap, pcapng])
        {
            using var packed = new MemoryStream();
            using (var packer = new GZipStream(packed, CompressionLevel.Fastest))
            {
                packer.Write(file);
            }

            yield return packed.ToArray();
        }

        // A frame of LZ4 with one block stored as it is (lz4_Frame_format.md), and one of Zstandard (RFC 8878 section 3.1.1).
        yield return [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82, (byte)pcap.Length, (byte)(pcap.Length >> 8), 0, 0x80, .. pcap, 0, 0, 0, 0];
        int header = (pcap.Length << 3) | 1;
        yield return [0x28, 0xB5, 0x2F, 0xFD, 0x60, (byte)pcap.Length, (byte)((pcap.Length - 256) >> 8), (byte)header, (byte)(header >> 8), 0, .. pcap];
    }

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        try
        {
            using var reader = CaptureReader.Open(new MemoryStream(input, writable: false), "fuzz", new CaptureReaderOptions());
            var batch = new PacketBatch();
            ReadOutcome outcome = ReadOutcome.More;
            long packets = 0, bytes = 0;
            while (outcome == ReadOutcome.More)
            {
                outcome = reader.Read(batch);
                for (int i = 0; i < batch.Count; i++)
                {
                    packets++;
                    bytes += batch.Bytes(i).Length;
                }
            }

            batch.Return();
            seen.Note(reader.Format, (int)outcome);
            seen.Note("packets", packets);
            seen.Note("bytes", bytes);
            foreach (string note in reader.Notes)
            {
                seen.Note(string.Concat(note.Where(static letter => !char.IsAsciiDigit(letter))), 0);
            }

            seen.Note("names", reader.Names.Count + reader.Secrets.Count + reader.Sections.Count);
        }
        catch (CaptureFormatException)
        {
            seen.Note("no capture", 0);
        }
    }
}
