using System.Globalization;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Reading.Mappings;

/// <summary>Columns of <c>ra</c>, by their headings. Ports and hosts by name (without <c>-n</c>) and totals of both directions say nothing that can be kept.</summary>
internal sealed class ArgusMapping : FlowMapping
{
    private const string ManagementRecord = "man";
    private const int HexDigits = 2;

    private readonly Dictionary<string, FlowCellSetter?> _found = new(StringComparer.OrdinalIgnoreCase);

    public ArgusMapping()
    {
        // Names of hosts stand there without -n, and 0 in records about argus itself.
        Add("SrcAddr", static (draft, text) =>
        {
            draft.Record.Source = FlowAddress.TryParse(text, out FlowAddress address) ? address : default;
            return true;
        });
        Add("DstAddr", static (draft, text) =>
        {
            draft.Record.Destination = FlowAddress.TryParse(text, out FlowAddress address) ? address : default;
            return true;
        });
        Add("Sport", static (draft, text) =>
        {
            draft.SourcePort = Port(text);
            return true;
        });
        Add("Dport", static (draft, text) =>
        {
            draft.DestinationPort = Port(text);
            return true;
        });
        foreach (string label in (string[])["sVlan", "sVid"])
        {
            Add(label, static (draft, text) =>
            {
                int tag = Port(text);
                draft.Record.Vlan = tag > 0 ? [tag & 0xFFF] : null;
                return true;
            });
        }
    }

    /// <inheritdoc/>
    public override FlowCellSetter? Find(ReadOnlySpan<char> name)
    {
        string label = name.Trim().ToString();
        if (base.Find(label) is { } own)
        {
            return own;
        }

        if (!_found.TryGetValue(label, out FlowCellSetter? setter))
        {
            _found[label] = setter = ArgusColumns.TryFind(label, out FlowField? field) && field.CanSet ? new FieldSetter(new FlowColumn(field.Name, field)).Set : null;
        }

        return setter;
    }

    /// <inheritdoc/>
    public override FlowLine Complete(FlowDraft draft)
    {
        FlowRecord record = draft.Record;
        if (record.Protocol == ManagementRecord)
        {
            return FlowLine.Other;
        }

        if (!record.Source.IsKnown && record.FirstNs < 0)
        {
            return FlowLine.Broken;
        }

        draft.CompleteTimes();
        switch (record.ProtocolNumber)
        {
            case IpProtocol.Icmp when draft.SourcePort >= 0:
                FlowContext icmp = record.NeedContext();
                icmp.IcmpType = draft.SourcePort & 0xFF;
                icmp.IcmpCode = draft.SourcePort >> 8;
                icmp.IcmpId = draft.DestinationPort;
                break;
            case IpProtocol.IcmpV6 when draft.SourcePort >= 0:
                FlowContext icmpV6 = record.NeedContext();
                icmpV6.IcmpType = draft.SourcePort;
                icmpV6.IcmpCode = draft.DestinationPort;
                break;
            default:
                record.SourcePort = draft.SourcePort;
                record.DestinationPort = draft.DestinationPort;
                break;
        }

        return FlowLine.Record;
    }

    private static int Port(ReadOnlySpan<char> text)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isRead = ushort.TryParse(isHex ? text[HexDigits..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
        return isRead ? port : text is FlowValue.AnyText ? FlowRecord.AnyPort : -1;
    }
}
