using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Bpf;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Filters;

/// <summary>Asks filters about packets.</summary>
internal static class FilterCases
{
    public const int Ethernet = 1;

    /// <summary>A filter that must be one.</summary>
    public static PacketFilter Filter(string expression)
    {
        Assert.True(PacketFilter.TryParse(expression, PacketFilterOptions.Default, out PacketFilter? filter, out FilterError? error), error?.ToString());
        return filter!;
    }

    /// <summary>Why an expression is none, on a link type.</summary>
    public static FilterError Refusal(string expression, int linkType = Ethernet)
    {
        if (!PacketFilter.TryParse(expression, PacketFilterOptions.Default, out PacketFilter? filter, out FilterError? error))
        {
            return error!;
        }

        Assert.False(filter!.TryPrepare(linkType, out error), $"'{expression}' was not refused");
        return error!;
    }

    /// <summary>Whether a packet matches; the matcher and the BPF program must agree.</summary>
    public static bool Matches(string expression, byte[] packet, int linkType = Ethernet, int? length = null)
    {
        PacketFilter filter = Filter(expression);
        Assert.True(filter.TryPrepare(linkType, out FilterError? error), error?.ToString());
        bool matches = filter.Matches(linkType, packet, length ?? packet.Length);
        BpfProgram program = filter.ToBpf(linkType, 65_535, BpfTarget.File);
        bool passes = BpfInterpreter.Run(program.Instructions, packet, length ?? packet.Length) != 0;
        Assert.True(program.IsWider ? passes || !matches : passes == matches, $"BPF disagrees about '{expression}'");
        return matches;
    }

    /// <summary>TCP over IPv4 over Ethernet, 192.0.2.1:1234 to 198.51.100.1:<paramref name="port"/>, a SYN.</summary>
    public static byte[] Tcp(int port = 80, ushort fragment = 0) =>
        Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 6, TcpHeader(port), fragment: fragment));

    /// <summary>The same over IPv6.</summary>
    public static byte[] Tcp6(int port = 80) => Frames.Ethernet(Frames.Ipv6(6, TcpHeader(port)));

    /// <summary>A TCP header with a SYN.</summary>
    public static byte[] TcpHeader(int port) => new Bytes().U16(1234).U16(port).U32(1).U32(0).U8(0x50).U8(2).U16(1024).U16(0).U16(0).ToArray();

    /// <summary>The same frame with a VLAN tag.</summary>
    public static byte[] Tagged(byte[] frame, int id, int protocol = 0x8100) =>
        [.. frame[..12], .. new Bytes().U16(protocol).U16(id).ToArray(), .. frame[12..]];
}
