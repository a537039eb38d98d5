using System.Globalization;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Reading.Mappings;

/// <summary>
/// Columns of nfdump's CSV, by their old names of two letters and by the longer ones of newer versions. Its bytes are those of the network layer. Times
/// are whole seconds, so the last one is the first and the duration, which has milliseconds.
/// </summary>
internal sealed class NfdumpMapping : FlowMapping
{
    private static readonly (string Name, string Long, string Field)[] Columns =
    [
        ("ts", "firstSeen", "stime"), ("te", "lastSeen", "ltime"), ("sa", "srcAddr", "saddr"), ("da", "dstAddr", "daddr"), ("sp", "srcPort", "sport"),
        ("ipkt", "packets", "spkts"), ("ibyt", "bytes", "sipbytes"), ("opkt", "outPackets", "dpkts"), ("obyt", "outBytes", "dipbytes"),
        ("stos", "srcTos", "stos"), ("dtos", "dstTos", "dtos"),
    ];

    public NfdumpMapping()
    {
        foreach ((string name, string longName, string field) in Columns)
        {
            Field(name, field);
            Field(longName, field);
        }

        Field("inPackets", "spkts");
        Field("inBytes", "sipbytes");
        foreach (string name in (string[])["td", "duration"])
        {
            Add(name, static (draft, text) => SetDuration(draft, text.Trim()));
        }

        foreach (string name in (string[])["dp", "dstPort"])
        {
            Add(name, static (draft, text) => SetPort(draft, text));
        }

        foreach (string name in (string[])["pr", "proto"])
        {
            Text(name, static (draft, text) => draft.Record.ProtocolNumber = FlowProtocols.Number(text.Trim().ToLowerInvariant()));
        }

        foreach (string name in (string[])["flg", "flags"])
        {
            Text(name, static (draft, text) => draft.Extra = FlowFlags.Parse(text.Trim()));
        }

        NonZero("sas", static (draft, value) => draft.Record.NeedContext().SourceSystem = value);
        NonZero("das", static (draft, value) => draft.Record.NeedContext().DestinationSystem = value);
        NonZero("svln", static (draft, value) => draft.Record.Vlan = [(int)Math.Min(value, ushort.MaxValue)]);
        Mac("ismc", static (draft, mac) => draft.Record.SourceMac = mac);
        Mac("idmc", static (draft, mac) => draft.Record.DestinationMac = mac);
    }

    /// <inheritdoc/>
    public override FlowLine Complete(FlowDraft draft)
    {
        FlowRecord record = draft.Record;
        if (record.FirstNs < 0 || !record.Source.IsKnown || !record.Destination.IsKnown)
        {
            return FlowLine.Broken;
        }

        if (draft.DurationNs >= 0)
        {
            record.LastNs = -1;
        }

        draft.CompleteTimes();
        record.Direction = FlowDirection.Forward;
        record.Protocol = record.ProtocolNumber >= 0 ? FlowProtocols.Name((byte)record.ProtocolNumber) : null;
        if (record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            record.SourcePort = -1;
            FlowContext context = record.NeedContext();
            context.IcmpType = draft.SourcePort;
            context.IcmpCode = draft.DestinationPort;
        }
        else
        {
            record.DestinationPort = draft.SourcePort;
        }

        // The flags of both directions are one column.
        record.SourceFlags = record.ProtocolNumber == IpProtocol.Tcp ? (short)draft.Extra : (short)-1;
        return FlowLine.Record;
    }

    private static bool SetDuration(FlowDraft draft, ReadOnlySpan<char> text)
    {
        bool isRead = FlowTimeText.TryParseSeconds(text, out long ns, out _) || FlowTimeText.TryParse(text, out ns, out _);
        draft.DurationNs = isRead ? ns : -1;
        return isRead;
    }

    // A port, or the type and the code of ICMP with a point between.
    private static bool SetPort(FlowDraft draft, ReadOnlySpan<char> text)
    {
        int point = text.IndexOf('.');
        if (!int.TryParse(point < 0 ? text : text[..point], NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            return false;
        }

        draft.SourcePort = port;
        draft.DestinationPort = 0;
        return point < 0 || (int.TryParse(text[(point + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int code) && (draft.DestinationPort = code) >= 0);
    }

    private void NonZero(string name, Action<FlowDraft, long> set) => Integer(name, (draft, value) =>
    {
        if (value > 0)
        {
            set(draft, value);
        }
    });

    private void Mac(string name, Action<FlowDraft, long> set) => Add(name, (draft, text) =>
    {
        bool isRead = FlowAddress.TryParseMac(text, out long mac);
        if (isRead && mac != 0)
        {
            set(draft, mac);
        }

        return isRead;
    });
}
