using System.Buffers.Binary;
using Vittne.Capture;
using Vittne.Packets;
using Vittne.Packets.Payloads;

namespace Vittne.Engine.Grep;

/// <summary>
/// Takes judged batches in order and shows what is to be shown: numbers, context, the end after so many matches, datagrams put together. All that
/// depends on what came before is here, so that the number of workers changes nothing.
/// </summary>
internal sealed class GrepCollector
{
    private readonly GrepOptions _options;
    private readonly GrepSummary _summary;
    private readonly IGrepWriter _writer;
    private readonly PayloadReader _reader = new();
    private readonly GrepDatagrams _datagrams;
    private readonly GrepBefore? _before;
    private readonly GrepFlows? _flows;
    private int _after;

    public GrepCollector(GrepOptions options, GrepInput input, GrepSummary summary, IGrepWriter writer)
    {
        _options = options;
        _summary = summary;
        _writer = writer;
        _datagrams = new GrepDatagrams(options, input.Decoding);
        _before = options.Before > 0 ? new GrepBefore(options.Before) : null;
        _flows = options.FirstOfFlow ? new GrepFlows() : null;
    }

    /// <summary>True when there were more flows than are remembered.</summary>
    public bool HasForgottenFlows => _flows is { HasForgotten: true };

    /// <summary>True when as many matches were found as were asked for.</summary>
    public bool IsOver => _options.MaxMatches > 0 && _summary.Matches >= _options.MaxMatches;

    /// <summary>Takes the next batch.</summary>
    public void Collect(GrepSlot slot)
    {
        bool joins = _options.JoinsFragments && (slot.Any & GrepVerdict.Fragment) != 0;
        bool shows = (slot.Any & GrepVerdict.Matches) != 0 || _options.IsInverted || _options.ShowsEmpty || _after > 0 || _before is not null;
        if (!joins && !shows)
        {
            _summary.Searched += slot.Passed;
            return;
        }

        if (joins)
        {
            _datagrams.Decode(slot.Batch, slot.Verdicts);
        }

        for (int i = 0; i < slot.Batch.Packets.Count && !IsOver; i++)
        {
            GrepVerdict verdict = slot.Verdicts[i];
            if ((verdict & GrepVerdict.Passed) != 0)
            {
                _summary.Searched++;
                Take(slot, i, verdict);
                if (joins && (verdict & GrepVerdict.Fragment) != 0 && !IsOver)
                {
                    TakeDatagram(slot, i, (verdict & GrepVerdict.Matches) != 0);
                }
            }
        }
    }

    private void Take(GrepSlot slot, int index, GrepVerdict verdict)
    {
        bool matches = (verdict & GrepVerdict.Matches) != 0;
        if (matches)
        {
            _summary.Matches++;
            _after = _options.After > 0 ? _options.After + 1 : 0;
        }

        bool isShown = (verdict & GrepVerdict.HasPayload) == 0 ? _options.ShowsEmpty : matches != _options.IsInverted || _after > 0;
        if (isShown)
        {
            GrepHit hit = Describe(slot, index);
            Locate(ref hit, matches);
            Show(hit);
        }
        else
        {
            _before?.Keep(slot, index, _summary.Searched);
        }

        _after -= _after > 0 ? 1 : 0;
    }

    private void TakeDatagram(GrepSlot slot, int index, bool matches)
    {
        GrepHit hit = Describe(slot, index);
        if (_datagrams.TryComplete(slot.Batch, index, matches, ref hit))
        {
            _summary.Matches++;
            Locate(ref hit, matches: true);
            if (!_options.IsInverted)
            {
                Show(hit);
            }
        }
    }

    private void Locate(ref GrepHit hit, bool matches)
    {
        if (matches && _options.LocatesMatches)
        {
            hit.HasMatch = _options.Patterns.TryFind(hit.Payload, out hit.Pattern, out hit.MatchStart, out hit.MatchLength);
        }
    }

    private void Show(in GrepHit hit)
    {
        if (_flows is not null && !_flows.IsFirst(hit))
        {
            return;
        }

        if (_before is not null)
        {
            _before.Replay(this);
        }

        Write(hit);
    }

    /// <summary>Shows a packet that was kept because a match might follow.</summary>
    public void ShowKept(in PacketRef packet, int capture, long number, ReadOnlySpan<byte> bytes)
    {
        GrepHit hit = Describe(packet, capture, number, bytes);
        Write(hit);
    }

    private void Write(in GrepHit hit)
    {
        _summary.Shown++;
        _writer.Write(hit);
    }

    private GrepHit Describe(GrepSlot slot, int index) =>
        Describe(slot.Batch.Packets.Packets[index], slot.Capture, _summary.Searched, slot.Batch.Packets.Bytes(index));

    private GrepHit Describe(in PacketRef packet, int capture, long number, ReadOnlySpan<byte> bytes)
    {
        _reader.TryRead(bytes, packet, out PacketPayload payload);
        var hit = new GrepHit
        {
            Capture = capture,
            Packet = packet,
            Number = number,
            Bytes = bytes,
            Protocol = payload.Protocol,
            IsFragment = payload.IsFragment,
            FragmentOffset = payload.FragmentOffset,
            FragmentId = payload.FragmentId,
            Payload = bytes.Slice(payload.Start, Math.Min(payload.Length, _options.MaxLength)),
            PayloadLength = payload.Length,
        };
        (hit.Source, hit.Destination) = PayloadReader.AddressesOf(bytes, payload);
        if (payload.HasTransport)
        {
            ReadTransport(ref hit, bytes[payload.Transport..]);
        }

        return hit;
    }

    private static void ReadTransport(ref GrepHit hit, ReadOnlySpan<byte> transport)
    {
        const byte Igmp = 2;
        switch (hit.Protocol)
        {
            case IpProtocol.Tcp or IpProtocol.Udp:
                hit.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(transport);
                hit.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(transport[2..]);
                hit.HasPorts = true;
                hit.TcpFlags = hit.Protocol == IpProtocol.Tcp ? transport[13] : (byte)0;
                break;
            case IpProtocol.Icmp or IpProtocol.IcmpV6 or Igmp:
                hit.Type = transport[0];
                hit.Code = transport[1];
                hit.HasType = true;
                break;
        }
    }
}
