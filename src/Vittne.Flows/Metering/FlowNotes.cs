using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>What few flows have: kept beside the table entry, made when it is needed.</summary>
internal sealed class FlowNotes : FlowSession
{
    private List<byte>? _history;

    /// <summary>The tunnels around the flow, outermost first.</summary>
    public TunnelLayer[] Tunnel { get; set; } = [];

    /// <summary>VLAN identifiers of its first packet, outermost first.</summary>
    public int[]? Vlans { get; set; }

    /// <summary>MPLS labels of its first packet, outermost first.</summary>
    public int[]? Mpls { get; set; }

    /// <summary>Name of the tunnel that it carries.</summary>
    public string? Carries { get; set; }

    /// <summary>True for fragments whose datagram never became whole.</summary>
    public bool IsFragmentOrphan { get; set; }

    /// <summary>Who answered with an ICMP error.</summary>
    public FlowAddress ErrorNode { get; set; }

    /// <summary>That error, in words.</summary>
    public string? Error { get; set; }

    /// <summary>Data of the originator beyond a hole.</summary>
    public SequenceRanges? Originator { get; set; }

    /// <summary>Data of the responder beyond a hole.</summary>
    public SequenceRanges? Responder { get; set; }

    /// <summary>What recognises the protocol, while it needs more than one packet.</summary>
    public object? Recognition { get; set; }

    /// <summary>History letters beyond the first.</summary>
    public IReadOnlyList<byte> History => _history ?? (IReadOnlyList<byte>)[];

    /// <summary>The notes of a flow, made when there are none.</summary>
    public static FlowNotes Of(ref FlowSession? slot)
    {
        if (slot is not FlowNotes notes)
        {
            slot = notes = new FlowNotes();
        }

        return notes;
    }

    /// <summary>The notes of a flow that begins with a packet; null when there is nothing to note.</summary>
    public static FlowNotes? Of(in MeterPacket packet)
    {
        (int[]? vlans, int[]? labels) = packet.IsOrphan ? default : LinkTags.Read(packet.Batch, packet.Index, packet.Network);
        return packet.Tunnel.Length == 0 && packet.Carries is null && vlans is null && labels is null && !packet.IsOrphan
            ? null
            : new FlowNotes { Tunnel = packet.Tunnel, Carries = packet.Carries, Vlans = vlans, Mpls = labels, IsFragmentOrphan = packet.IsOrphan };
    }

    /// <summary>Adds a history letter behind those that fit elsewhere.</summary>
    public void AddHistory(byte letter)
    {
        _history ??= new List<byte>(16);
        if (_history.Count < HistoryText.MaxLength)
        {
            _history.Add(letter);
        }
    }
}
