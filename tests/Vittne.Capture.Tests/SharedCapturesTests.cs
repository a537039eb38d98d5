using Vittne.TestKit;

namespace Vittne.Capture.Tests;

/// <summary>All real captures at hand, fuzzed and damaged ones among them.</summary>
public sealed class SharedCapturesTests
{
    /// <summary>Larger ones would only repeat the smaller ones here, and this runs with every build.</summary>
    private const long MaxLength = 8 << 20;

    [Fact]
    public void Every_shared_capture_reads_alike_from_its_mapping_and_from_a_stream()
    {
        if (SharedVectors.Find("data/captures") is not { } folder)
        {
            Assert.Skip("there are no shared captures beside the repository");
            return;
        }

        int captures = 0;
        foreach (string path in CapturePaths.Expand([folder]))
        {
            if (new FileInfo(path).Length <= MaxLength)
            {
                captures++;
                Assert.True(Sum(() => CaptureReader.Open(path)) == Sum(() => CaptureReader.Open(File.OpenRead(path), path)), path);
            }
        }

        Assert.True(captures > 3_000, $"only {captures} captures were found");
    }

    private static string Sum(Func<CaptureReader> open)
    {
        try
        {
            using CaptureReader reader = open();
            var batch = new PacketBatch();
            var hash = new HashCode();
            long batches = 0;
            while (reader.Read(batch) == ReadOutcome.More)
            {
                batches++;
                for (int index = 0; index < batch.Count; index++)
                {
                    hash.Add(batch.Packets[index] with { Offset = 0 });
                    hash.AddBytes(batch.Bytes(index));
                    hash.AddBytes(batch.Options(index));
                }
            }

            return $"{hash.ToHashCode()} {batches} {reader.Counters.Packets} {reader.Outcome} {string.Join(' ', reader.Notes)}";
        }
        catch (CaptureFormatException problem)
        {
            return problem.Message;
        }
    }
}
