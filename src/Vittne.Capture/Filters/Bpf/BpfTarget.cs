namespace Vittne.Capture.Filters.Bpf;

/// <summary>What runs a classic BPF program, and so what a packet looks like to it.</summary>
public enum BpfTarget
{
    /// <summary>Packets as they stand in a capture file.</summary>
    File,

    /// <summary>
    /// A packet socket of Linux (packet(7)): the outermost VLAN tag is not in the packet but beside it. The program may let more pass than
    /// the expression says, never less.
    /// </summary>
    LinuxSocket,
}
