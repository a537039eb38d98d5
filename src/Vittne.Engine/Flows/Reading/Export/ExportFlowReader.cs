using System.Buffers.Binary;
using System.Globalization;
using Vittne.Engine.Flows.Writing.Export;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Reading.Export;

/// <summary>Reads files of IPFIX (RFC 5655) and of NetFlow version 9 messages. What is damaged ends the file: the next message cannot be found.</summary>
internal sealed class ExportFlowReader : IFlowReader
{
    private const ushort V9 = 9;
    private const ushort Ipfix = 10;
    private const int V9HeaderLength = 20;
    private const int IpfixHeaderLength = 16;
    private const int SetHeaderLength = 4;
    private const ushort V9Templates = 0;
    private const ushort IpfixTemplates = 2;

    private readonly byte[] _bytes = new byte[ushort.MaxValue + 1];
    private readonly ExportTemplates _templates = new();
    private readonly ExportDecoder _decoder = new();
    private long _messages;

    /// <inheritdoc/>
    public void Read(Stream stream, Action<FlowRecord> told, FlowReadSummary summary, CancellationToken cancellation)
    {
        bool hasVersion = false;
        ushort version = 0;
        while (!cancellation.IsCancellationRequested && (hasVersion || TryVersion(stream, out version)))
        {
            hasVersion = false;
            _messages++;
            string? problem = version switch
            {
                Ipfix => ReadIpfix(stream, told, summary),
                V9 => ReadV9(stream, told, summary, out hasVersion),
                _ => "is no message of IPFIX or NetFlow version 9",
            };
            if (problem is not null)
            {
                summary.Add(string.Create(CultureInfo.InvariantCulture, $"message {_messages}"), problem);
                return;
            }

            version = hasVersion ? V9 : version;
        }
    }

    private string? ReadIpfix(Stream stream, Action<FlowRecord> told, FlowReadSummary summary)
    {
        if (!TryFill(stream, 2, IpfixHeaderLength - 2))
        {
            return "is cut off";
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(2));
        uint domain = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(12));
        if (length < IpfixHeaderLength || !TryFill(stream, IpfixHeaderLength, length - IpfixHeaderLength))
        {
            return "is cut off";
        }

        ReadOnlySpan<byte> sets = _bytes.AsSpan(IpfixHeaderLength, length - IpfixHeaderLength);
        while (sets.Length >= SetHeaderLength)
        {
            int setLength = BinaryPrimitives.ReadUInt16BigEndian(sets[2..]);
            if (setLength < SetHeaderLength || setLength > sets.Length)
            {
                return "has a set that is longer than the message";
            }

            if (Set(BinaryPrimitives.ReadUInt16BigEndian(sets), domain, sets[SetHeaderLength..setLength], Ipfix, 0, told, summary) is { } problem)
            {
                return problem;
            }

            sets = sets[setLength..];
        }

        return null;
    }

    // The header tells no length: sets follow until the next header, whose version is no number of a set.
    private string? ReadV9(Stream stream, Action<FlowRecord> told, FlowReadSummary summary, out bool hasVersion)
    {
        hasVersion = false;
        if (!TryFill(stream, 2, V9HeaderLength - 2))
        {
            return "is cut off";
        }

        uint uptimeMs = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(4));
        uint second = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(8));
        uint domain = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(16));
        long bootMs = (second * 1_000L) - uptimeMs;
        while (TryVersion(stream, out ushort id))
        {
            if (id == V9)
            {
                hasVersion = true;
                return null;
            }

            if (!TryFill(stream, 2, SetHeaderLength - 2))
            {
                return "is cut off";
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(2));
            if (length < SetHeaderLength || !TryFill(stream, SetHeaderLength, length - SetHeaderLength))
            {
                return "is cut off";
            }

            if (Set(id, domain, _bytes.AsSpan(SetHeaderLength, length - SetHeaderLength), V9, bootMs, told, summary) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Set(ushort id, uint domain, ReadOnlySpan<byte> data, ushort version, long bootMs, Action<FlowRecord> told, FlowReadSummary summary)
    {
        if (id == (version == Ipfix ? IpfixTemplates : V9Templates))
        {
            return _templates.TryRead(domain, data, version == Ipfix) ? null : "has a damaged template";
        }

        if (id < ExportTemplate.FirstId)
        {
            return null;
        }

        if (_templates.Find(domain, id) is not { } fields)
        {
            summary.Add(string.Create(CultureInfo.InvariantCulture, $"message {_messages}"), "has records of a template that was not told");
            return null;
        }

        while (!data.IsEmpty && _decoder.Read(fields, ref data, bootMs) is { } record)
        {
            if (record.FirstNs >= 0 || record.Source.IsKnown)
            {
                summary.Records++;
                told(record);
            }
        }

        return null;
    }

    private bool TryVersion(Stream stream, out ushort version)
    {
        bool isRead = TryFill(stream, 0, 2);
        version = isRead ? BinaryPrimitives.ReadUInt16BigEndian(_bytes) : (ushort)0;
        return isRead;
    }

    private bool TryFill(Stream stream, int at, int length) => stream.ReadAtLeast(_bytes.AsSpan(at, length), length, throwOnEndOfStream: false) == length;
}
