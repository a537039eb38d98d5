using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Vittne.Capture;
using Vittne.Packets.Facts;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

/// <summary>Real packets of all link types and tunnels against what another dissector says of them.</summary>
public sealed class ExpectedPacketsTests
{
    /// <summary>Captures where the facts are poorer than the packets, with the reason.</summary>
    private static readonly Dictionary<string, string> Poorer = new()
    {
        ["zeek/tunnels__teredo_bubble_with_payload.pcap"] = "Teredo on ports of its own: known by content here, by port there",
        ["suricata-verify/decode-teredo-01__input.pcap"] = "the same packets",
        ["tcpdump/802_15_4-data.pcap"] = "IEEE 802.15.4 stays raw",
        ["tcpdump/atm-heapoverflow.pcap"] = "lengths there are without the header of four bytes that the capture counts",
        ["tcpdump/atm-oam-heapoverflow.pcap"] = "the same",
        ["tcpdump/atm-oam-loopback-print-overrun.pcap"] = "the same",
        ["tcpdump/heap-overflow-2.pcap"] = "one byte that is no IP header: numbers there are all 0",
        ["tcpdump/pktap-heap-overflow.pcap"] = "a link type for private use is read only when the user says as what",
        ["tcpdump/LINKTYPE_USER2_PKTAP.pcap"] = "a link type for private use is read only when the user says as what",
    };

    // The other program tells the field of the header, which counts eights of bytes.
    private const int FragmentUnit = 8;

    /// <summary>The names of layers that both programs use.</summary>
    private static readonly HashSet<string> Vocabulary =
    [
        "eth", "vlan", "mpls", "pppoes", "ppp", "gre", "erspan", "ip", "ipv6", "tcp", "udp", "sctp", "icmp", "icmpv6", "igmp", "arp", "vxlan", "geneve", "gtp",
        "teredo", "l2tp", "sll", "null", "radiotap", "ppi", "wlan", "llc", "chdlc", "fr", "esp", "ah",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Addresses_ports_and_lengths_are_those_of_the_stored_facts(bool collectsFacts)
    {
        string? facts = SharedVectors.Find("data/expected/decode/packets.jsonl.xz");
        string? captures = SharedVectors.Find("data/captures");
        if (facts is null || captures is null)
        {
            Assert.Skip("the shared captures and facts are not there");
            return;
        }

        if (!TryDecompress(facts, out string lines))
        {
            Assert.Skip("the program xz is not there");
        }

        var differences = new List<string>();
        int packets = 0;
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            string name = document.RootElement.GetProperty("file").GetString()!;
            string path = Path.Combine(captures, name);
            if (Poorer.ContainsKey(name) || !File.Exists(path))
            {
                continue;
            }

            var expected = new Dictionary<long, JsonElement>();
            foreach (JsonElement packet in document.RootElement.GetProperty("packets").EnumerateArray())
            {
                expected[packet.GetProperty("packet").GetInt64()] = packet;
            }

            packets += Compare(name, path, collectsFacts, expected, differences);
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {packets} packets differ\n" + string.Join('\n', differences.Take(20)));
        Assert.True(packets > 4_000, $"only {packets} packets were compared");
    }

    private static int Compare(string name, string path, bool collectsFacts, Dictionary<long, JsonElement> expected, List<string> differences)
    {
        int compared = 0;
        var decoder = new PacketDecoder(new PacketDecoderOptions { CollectsFacts = collectsFacts });
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
                        differences.Add($"{name} {batch.Packets.Packets[i].Number}:{difference} {packet.GetProperty("layers").GetRawText()}");
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
        Check(text, packet, "src_port", hasPorts ? $"{decoded.SourcePort}" : "-");
        Check(text, packet, "dst_port", hasPorts ? $"{decoded.DestinationPort}" : "-");
        Check(text, packet, "ttl", hasIp ? $"{decoded.TimeToLive}" : "-");
        if (decoded.Protocol == IpProtocol.Tcp && (decoded.Flags & DecodedFlags.HasTransport) != 0)
        {
            Check(text, packet, "payload_len", $"{decoded.PayloadWireLength}");
            Check(text, packet, "tcp_flags", $"{decoded.TcpFlags}");
        }

        if (batch.Facts.Count > 0)
        {
            CheckFacts(text, packet, batch.Packets.Packets[index], batch.Facts[index]);
        }

        return text.ToString();
    }

    private static void CheckFacts(StringBuilder text, JsonElement packet, in PacketRef reference, PacketFacts facts)
    {
        Check(text, packet, "len", $"{reference.OriginalLength}");
        Check(text, packet, "caplen", $"{reference.CapturedLength}");
        Check(text, packet, "ip_len", $"{facts.IpLength}");
        Check(text, packet, "frag_offset", $"{facts.FragmentOffset / FragmentUnit}");
        Check(text, packet, "more_fragments", $"{facts.HasMoreFragments}");
        Check(text, packet, "udp_len", $"{facts.UdpLength}");
        string expected = string.Join(' ', packet.GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()));
        string actual = string.Join(' ', facts.Layers.Where(Vocabulary.Contains));
        if (expected != actual)
        {
            text.Append(" layers ").Append(actual).Append(';');
        }
    }

    private static void Check(StringBuilder text, JsonElement packet, string field, string actual)
    {
        string expected = packet.TryGetProperty(field, out JsonElement value) ? value.ToString() : "";

        // A header that the other program gave up on comes without addresses, and with time to live 0.
        bool isTold = expected.Length > 0 && !(packet.TryGetProperty("src_ip", out JsonElement source) && source.ToString().Length == 0);
        if (isTold && expected != actual)
        {
            text.Append(' ').Append(field).Append(' ').Append(expected).Append(" but ").Append(actual).Append(';');
        }
    }

    private static bool TryDecompress(string path, out string text)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("xz", ["-dc", path]) { RedirectStandardOutput = true })!;
            text = process.StandardOutput.ReadToEnd();
            return true;
        }
        catch (Win32Exception)
        {
            text = "";
            return false;
        }
    }
}
