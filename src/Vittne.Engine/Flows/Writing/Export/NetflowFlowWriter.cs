using System.Buffers.Binary;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>
/// Records as NetFlow version 9 (RFC 3954), to a file or as datagrams: each direction that sent anything is a flow of its own, times to the millisecond.
/// Times count from a start of the exporter that each message tells anew, so that a capture of any age and length fits their 32 bits.
/// </summary>
/// <param name="options">Where messages go.</param>
public sealed class NetflowFlowWriter(FlowWriterOptions options) : IFlowWriter
{
    private const ushort Version = 9;
    private const ushort TemplateSet = 0;
    private const int HeaderLength = 20;
    private const uint SourceId = 1;
    private const long NsPerMillisecond = 1_000_000;
    private const long MsPerSecond = 1_000;

    // Half of what 32 bits of milliseconds hold: flows of one message may begin so much before its first one, or end so much after.
    private const long ReachMs = 1L << 31;

    private readonly IExportTarget _target = options.Datagrams is { } address ? new ExportDatagrams(address) : new ExportFile(options.Output);
    private readonly ExportMessage _message = new(ExportTemplate.V9, HeaderLength, TemplateSet, hasEnterprises: false, isPadded: true);
    private readonly byte[] _record = new byte[ExportRecord.MaxLength];
    private long _bootMs;
    private long _lastMs;
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

        // What tells no packets at all still is a flow.
        if (record.SourcePackets > 0 || record.DestinationPackets <= 0)
        {
            Add(record, isReverse: false);
        }

        if (record.DestinationPackets > 0)
        {
            Add(record, isReverse: true);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Send();
        _target.Finish();
    }

    private void Add(FlowRecord record, bool isReverse)
    {
        long firstMs = record.FirstNs / NsPerMillisecond;
        long lastMs = Math.Max(record.FirstNs, record.LastNs) / NsPerMillisecond;
        if (_message.Records > 0 && (firstMs < _bootMs || lastMs - _bootMs > (2 * ReachMs) - (2 * MsPerSecond)))
        {
            Send();
        }

        int template = record.Source.Ip.IsV4 ? 0 : 1;
        while (true)
        {
            if (_message.Records == 0)
            {
                _bootMs = firstMs - ReachMs;
                _lastMs = 0;
            }

            int length = ExportRecord.Write(ExportTemplate.V9[template], record, isReverse, _bootMs, _record);
            bool isDue = _target.IsTemplateDue(template, _message.Tells(template));
            if (!_message.TryAdd(template, isDue, _record.AsSpan(0, length)))
            {
                Send();
                continue;
            }

            if (isDue)
            {
                _target.TemplateTold(template);
            }

            _lastMs = Math.Max(_lastMs, lastMs);
            return;
        }
    }

    private void Send()
    {
        if (_message.Records == 0)
        {
            return;
        }

        Span<byte> message = _message.End();
        long second = (_lastMs + MsPerSecond - 1) / MsPerSecond;
        BinaryPrimitives.WriteUInt16BigEndian(message, Version);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)(_message.Records + _message.Templates));
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], unchecked((uint)((second * MsPerSecond) - _bootMs)));
        BinaryPrimitives.WriteUInt32BigEndian(message[8..], unchecked((uint)second));
        BinaryPrimitives.WriteUInt32BigEndian(message[12..], _sequence);
        BinaryPrimitives.WriteUInt32BigEndian(message[16..], SourceId);
        _target.Send(message);
        _sequence++;
        _message.Clear();
    }
}
