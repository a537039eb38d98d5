using Vittne.Capture.Filters;
using Vittne.Capture.Filters.Bpf;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Filters;

public sealed class BpfTests
{
    [Fact]
    public void Long_programs_jump_over_more_than_255_instructions()
    {
        string expression = string.Join(" or ", Enumerable.Range(1, 900).Select(i => $"ip[{i % 19}] = {i % 250}")) + " or port 80";
        PacketFilter filter = FilterCases.Filter(expression);
        BpfProgram program = filter.ToBpf(FilterCases.Ethernet, 100, BpfTarget.File);
        Assert.InRange(program.Instructions.Count, 256, 10_000);
        foreach (byte[] packet in (byte[][])[FilterCases.Tcp(), FilterCases.Tcp6(80), FilterCases.Tcp6(81), Frames.Ethernet(new byte[40], 0x0806)])
        {
            Assert.Equal(filter.Matches(1, packet, packet.Length), BpfInterpreter.Run(program.Instructions, packet, packet.Length) == 100);
        }
    }

    [Fact]
    public void Program_that_a_kernel_would_not_take_lets_all_pass()
    {
        string expression = string.Join(" or ", Enumerable.Range(1, 2_000).Select(i => $"ip[{i % 19}:4] = {i}"));
        BpfProgram program = FilterCases.Filter(expression).ToBpf(FilterCases.Ethernet, 100, BpfTarget.LinuxSocket);
        Assert.True(program.IsWider);
        Assert.Single(program.Instructions);
    }

    [Fact]
    public void Socket_program_asks_beside_the_packet_for_the_vlan_tag()
    {
        BpfProgram program = FilterCases.Filter("vlan 7 and ip").ToBpf(FilterCases.Ethernet, 100, BpfTarget.LinuxSocket);
        Assert.False(program.IsWider);
        string text = BpfText.Listing(program);
        Assert.Contains("vlan_avail", text, StringComparison.Ordinal);
        Assert.Contains("vlan_tpid", text, StringComparison.Ordinal);
        Assert.Contains("vlan_tci", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Socket_program_of_all_interfaces_has_no_cooked_header()
    {
        string text = BpfText.Listing(FilterCases.Filter("tcp port 80").ToBpf(276, 100, BpfTarget.LinuxSocket));
        // Protocol beside the packet, then the IPv6 header at its start.
        Assert.Contains("[4294963200]", text, StringComparison.Ordinal);
        Assert.Contains("ldb      [6]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_of_headers_is_left_to_the_matcher()
    {
        BpfProgram program = FilterCases.Filter("not ip6 protochain 6").ToBpf(FilterCases.Ethernet, 100, BpfTarget.LinuxSocket);
        Assert.True(program.IsWider);
    }
}
