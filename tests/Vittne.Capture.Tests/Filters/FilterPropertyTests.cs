using CsCheck;
using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Bpf;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Filters;

public sealed class FilterPropertyTests
{
    private static readonly Gen<string> Number = Gen.OneOf("0", "1", "2", "6", "8", "13", "16", "64", "255", "0xffffffff", "len");
    private static readonly Gen<string> Data = Gen.Select(
        Gen.OneOf("ip", "ip6", "tcp", "udp", "ether", "icmp", "arp", "icmp6"), Gen.Int[0, 60], Gen.OneOf("", ":2", ":4"),
        (name, index, size) => $"{name}[{index}{size}]");

    private static readonly Gen<string> Arithmetic = Gen.Recursive<string>((depth, self) => depth > 2
        ? Gen.OneOf(Number, Data)
        : Gen.OneOf(
            Number,
            Data,
            Gen.Select(self, Gen.OneOf("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"), self, (a, sign, b) => $"({a} {sign} {b})"),
            self.Select(index => $"ip[{index}]")));

    private static readonly Gen<string> Primitive = Gen.OneOf(
        Gen.OneOf(
            "ip", "ip6", "arp", "tcp", "udp", "icmp6", "vlan", "vlan 5", "mpls", "pppoes", "geneve", "host 192.0.2.1", "src net 192.0.2.0/24", "net 2001::/16",
            "port 80", "dst port 80", "portrange 70-90", "broadcast", "multicast", "llc", "less 60", "ip broadcast", "ether src 2:0:0:0:0:2", "proto 6"),
        Gen.Select(Arithmetic, Gen.OneOf("=", "!=", "<", ">="), Arithmetic, (a, relation, b) => $"{a} {relation} {b}"));

    private static readonly Gen<string> Expression = Gen.Recursive<string>((depth, self) => depth > 3
        ? Primitive
        : Gen.OneOf(
            Primitive,
            self.Select(inner => $"not ({inner})"),
            Gen.Select(self, Gen.OneOf("and", "or"), self, (a, word, b) => $"({a}) {word} ({b})"),
            Gen.Select(self, Gen.OneOf("and", "or"), self, (a, word, b) => $"{a} {word} {b}")));

    private static readonly byte[][] Known =
    [
        FilterCases.Tcp(), FilterCases.Tcp(81, fragment: 5), FilterCases.Tcp6(), FilterCases.Tagged(FilterCases.Tcp(), 5), FilterCases.Tagged(FilterCases.Tcp6(), 6),
        Frames.Ethernet(new byte[28], 0x0806), Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 6081, [0, 0, 0x65, 0x58, 0, 0, 0, 0, .. FilterCases.Tcp()]))),
        Frames.Ethernet([0, 1, 1, 64, .. Frames.Ipv4(6, FilterCases.TcpHeader(80))], 0x8847), Frames.Ethernet(new byte[30], 40),
    ];

    private static readonly Gen<byte[]> Packet = Gen.Select(
        Gen.OneOf(Known), Gen.Int[1, 120], Gen.Int[0, 400], Gen.Byte, static (frame, kept, place, value) =>
        {
            byte[] packet = [.. frame.AsSpan(0, Math.Min(kept < 60 ? kept : frame.Length, frame.Length))];
            if (place < packet.Length)
            {
                packet[place] = value;
            }

            return packet;
        });

    [Fact]
    public void Matcher_and_own_bpf_agree_on_every_expression_and_packet() =>
        Gen.Select(Expression, Packet.Array[8]).Sample(
            static (expression, packets) =>
            {
                if (!PacketFilter.TryParse(expression, PacketFilterOptions.Default, out PacketFilter? filter, out _) || !filter.TryPrepare(1, out _))
                {
                    return;
                }

                BpfProgram program = filter.ToBpf(1, 1_000, BpfTarget.File);
                foreach (byte[] packet in packets)
                {
                    bool matches = filter.Matches(1, packet, packet.Length + 3);
                    bool passes = BpfInterpreter.Run(program.Instructions, packet, packet.Length + 3) != 0;
                    Assert.True(program.IsWider ? passes || !matches : passes == matches, Convert.ToHexString(packet));
                }
            },
            iter: 2_000);

    [Fact]
    public void Any_text_is_a_filter_or_refused_in_words() =>
        Gen.OneOf("tcp", "port", "80", "(", ")", "and", "or", "not", "ip", "[", "]", "=", "-", "len", "vlan", "host", "10.0.0.1", "::1", "$1", "/", "8", "\\")
            .Array[0, 12].Sample(
                static words =>
                {
                    string text = string.Join(' ', words);
                    if (!PacketFilter.TryParse(text, PacketFilterOptions.Default, out _, out FilterError? error))
                    {
                        Assert.InRange(error.Column, 1, text.Length + 1);
                        Assert.NotEmpty(error.Message);
                    }
                },
                iter: 5_000);
}
