using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Vittne.Capture;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

/// <summary>Real packets of all link types and tunnels against what another dissector says of them.</summary>
public sealed class ExpectedPacketsTests
{
    [Fact]
    public void Addresses_ports_and_lengths_are_those_of_the_stored_facts()
    {
        string? facts = SharedVectors.Find("data/expected/decode/packets.jsonl.xz");
        string? captures = SharedVectors.Find("data/captures");
        if (facts is null || captures is null)
        {
            Assert.Skip("the shared captures and facts are not there");
            return;
        }

        var differences = new List<string>();
        int packets = 0;
        foreach (string line in Decompress(facts).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            string name = document.RootElement.GetProperty("file").GetString()!;
            string path = Path.Combine(captures, name);
            if (!File.Exists(path))
            {
                continue;
            }

            var expected = new Dictionary<long, JsonElement>();
            foreach (JsonElement packet in document.RootElement.GetProperty("packets").EnumerateArray())
            {
                expected[packet.GetProperty("packet").GetInt64()] = packet;
            }

            packets += Compare(name, path, expected, differences);
        }

        File.WriteAllLines(Path.Combine(Path.GetTempPath(), "vittne-packet-differences.txt"), differences);
        Assert.True(differences.Count == 0, $"{differences.Count} of {packets}\n" + string.Join('\n', differences.Take(400)));
    }

    private static int Compare(string name, string path, Dictionary<long, JsonElement> expected, List<string> differences)
    {
        int compared = 0;
        var decoder = new PacketDecoder(new PacketDecoderOptions());
        var batch = new DecodedBatch();
        using CaptureReader reader = CaptureReader.Open(path);
        ReadOutcome outcome = ReadOutcome.More;
        while (outcome == ReadOutcome.More)
        {
            outcome = reader.Read(batch.Packets);
            decoder.Decode(batch);
            for (int i = 0; i < batch.Packets.Count; i++)
            {
                if (expected.TryGetValue(batch.Packets.Packets[i].Number, out JsonElement packet))
                {
                    compared++;
                    string difference = Difference(packet, batch, i);
                    if (difference.Length > 0)
                    {
                        differences.Add($"{name} {batch.Packets.Packets[i].Number} link {batch.Packets.Packets[i].LinkType}:{difference} {packet.GetProperty("layers").GetRawText()} {batch.Decoded[i].Anomaly} {batch.Decoded[i].Flags}");
                    }
                }
            }
        }

        return compared;
    }

    private static string Difference(JsonElement packet, DecodedBatch batch, int index)
    {
        ref readonly DecodedPacket decoded = ref batch.Decoded[index];
        bool hasIp = (decoded.Flags & DecodedFlags.HasIp) != 0;
        bool hasPorts = (decoded.Flags & DecodedFlags.HasPorts) != 0;
        var text = new StringBuilder();
        Check(text, packet, "src_ip", hasIp ? decoded.Source.ToString() : "-");
        Check(text, packet, "dst_ip", hasIp ? decoded.Destination.ToString() : "-");
        Check(text, packet, "src_port", hasPorts ? decoded.SourcePort.ToString() : "-");
        Check(text, packet, "dst_port", hasPorts ? decoded.DestinationPort.ToString() : "-");
        Check(text, packet, "ttl", hasIp ? decoded.TimeToLive.ToString() : "-");
        if (decoded.Protocol == IpProtocol.Tcp && (decoded.Flags & DecodedFlags.HasTransport) != 0)
        {
            Check(text, packet, "payload_len", decoded.PayloadWireLength.ToString());
            Check(text, packet, "tcp_flags", decoded.TcpFlags.ToString());
        }

        return text.ToString();
    }

    private static void Check(StringBuilder text, JsonElement packet, string field, string actual)
    {
        string expected = packet.TryGetProperty(field, out JsonElement value) ? value.ToString() : "-";
        if (expected != actual)
        {
            text.Append($" {field} {expected} but {actual};");
        }
    }

    private static string Decompress(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo("xz", ["-dc", path]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }
}
