using System.Buffers.Binary;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>
/// Records as IPFIX (RFC 7011) with both directions in one (RFC 5103), to a file (RFC 5655) or as datagrams. Times of messages are those of the capture,
/// so the same flows give the same bytes. Records without host addresses at both ends have no place in it.
/// </summary>
/// <param name="options">Where messages go.</param>
public sealed class IpfixFlowWriter(FlowWriterOptions options) : IFlowWriter
{
    private const ushort Version = 10;
    private const ushort TemplateSet = 2;
    private const int HeaderLength = 16;
    private const uint ObservationDomain = 1;
    private const long NsPerSecond = 1_000_000_000;

    private readonly IExportTarget _target = options.Datagrams is { } address ? new ExportDatagrams(address) : new ExportFile(options.Output);
    private readonly ExportMessage _message = new(ExportTemplate.Ipfix, HeaderLength, TemplateSet, hasEnterprises: true, isPadded: true);
    private readonly byte[] _record = new byte[ExportRecord.MaxLength];
    private long _exportSecond;
    private uint _sequence;

    /// <inheritdoc/>
    public long LeftOut { get; private set; }

    /// <inheritdoc/>
    public void Add(FlowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!FlowHosts.Are(record) || record.FirstNs < 0 || record.Source.Ip.IsV4 != record.Destination.Ip.IsV4)
        {
            LeftOut++;
            return;
        }

        int template = (record.Source.Ip.IsV4 ? 0 : 1) + (record.TimeDigits > 6 ? 2 : 0);
        int length = ExportRecord.Write(ExportTemplate.Ipfix[template], record, isReverse: false, bootMs: 0, _record);
        bool isDue = _target.IsTemplateDue(template, _message.Tells(template));
        if (!_message.TryAdd(template, isDue, _record.AsSpan(0, length)))
        {
            Send();
            isDue = _target.IsTemplateDue(template, isInMessage: false);
            _message.TryAdd(template, isDue, _record.AsSpan(0, length));
        }

        if (isDue)
        {
            _target.TemplateTold(template);
        }

        _exportSecond = Math.Max(_exportSecond, Math.Max(record.FirstNs, record.LastNs) / NsPerSecond);
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Send();
        _target.Finish();
    }

    private void Send()
    {
        if (_message.Records == 0)
        {
            return;
        }

        Span<byte> message = _message.End();
        BinaryPrimitives.WriteUInt16BigEndian(message, Version);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], unchecked((uint)_exportSecond));
        BinaryPrimitives.WriteUInt32BigEndian(message[8..], _sequence);
        BinaryPrimitives.WriteUInt32BigEndian(message[12..], ObservationDomain);
        _target.Send(message);
        _sequence += (uint)_message.Records;
        _message.Clear();
    }
}
