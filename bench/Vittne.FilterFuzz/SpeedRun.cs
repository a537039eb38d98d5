using System.Diagnostics;
using System.Globalization;
using Vittne.Capture;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Match;

namespace Vittne.FilterFuzz;

/// <summary>Nanoseconds that expressions take for a packet of a capture, best of many rounds over packets that are in the cache.</summary>
internal static class SpeedRun
{
    private const int Packets = 20_000;
    private const int Rounds = 40;

    private static readonly string Thousand = string.Join(" or ", Enumerable.Range(1, 500).Select(i => $"host 10.0.{i / 250}.{i % 250} or port {i}"));

    private static readonly string[] Expressions =
    [
        "tcp port 80", "ip", "host 10.0.0.1", "port 53 or tcp[13] & 2 != 0",
        string.Join(" or ", Enumerable.Range(1, 20).Select(i => $"port {i}")),
        string.Join(" or ", Enumerable.Range(1, 20).Select(i => $"host 10.0.0.{i}")),
        "host 10.0.0.1 or host 10.0.0.2 or host 10.0.0.3 or net 192.168.7.0/24 or port 53 or icmp or ip6 or port 21 or port 22 or port 23 or port 25 or net 172.16.5.0/24 "
            + "or host 8.8.8.8 or tcp port 8080 or udp port 123 or portrange 6000-6100 or host 1.1.1.1 or less 20 or sctp or igmp",
    ];

    /// <summary>Milliseconds of processor time that 1,000 terms take to compile.</summary>
    private static void Compile()
    {
        using var process = Process.GetCurrentProcess();
        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            process.Refresh();
            TimeSpan before = process.TotalProcessorTime;
            _ = PacketFilter.TryParse(Thousand, PacketFilterOptions.Default, out _, out _);
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - before).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best,6:0} ms  to compile 1,000 terms"));
    }

    /// <summary>Measures.</summary>
    public static void Run(string capture)
    {
        using var reader = CaptureReader.Open(capture);
        var batch = new PacketBatch();
        var bytes = new List<byte[]>();
        int linkType = 1;
        for (ReadOutcome outcome = ReadOutcome.More; outcome == ReadOutcome.More && bytes.Count < Packets;)
        {
            outcome = reader.Read(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                bytes.Add(batch.Bytes(i).ToArray());
                linkType = batch.Packets[i].LinkType;
            }
        }

        Compile();
        foreach (string expression in Expressions)
        {
            if (!PacketFilter.TryParse(expression, PacketFilterOptions.Default, out PacketFilter? filter, out FilterError? error))
            {
                Console.WriteLine(error);
                continue;
            }

            FilterProgram program = filter.For(linkType);
            double best = double.MaxValue;
            int matched = 0;
            for (int round = 0; round < Rounds; round++)
            {
                matched = 0;
                long start = Stopwatch.GetTimestamp();
                foreach (byte[] packet in bytes)
                {
                    matched += program.Matches(packet, packet.Length) ? 1 : 0;
                }

                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / bytes.Count);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{best,6:0.0} ns  {matched} of {bytes.Count}  {(expression.Length > 60 ? expression[..60] + "..." : expression)}"));
        }
    }
}
