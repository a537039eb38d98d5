using Vittne.Flows.Metering;
using Vittne.Packets;

namespace Vittne.Protocols.Services;

/// <summary>
/// Recognises the protocols of flows for who only wants their names: by the first payload of each side, without parsers and without putting
/// streams together.
/// </summary>
public sealed class ServiceFinder : FlowServices
{
    // Payloads of a flow that are looked at: what comes later begins no protocol.
    private const int MaxTries = 6;

    private const int MaxWaitingBytes = 2048;

    private static readonly byte Ftp = ServiceNames.NumberOf("ftp");
    private static readonly byte Irc = ServiceNames.NumberOf("irc");

    /// <inheritdoc/>
    public override string? NameOf(int number) => ServiceNames.Of(number);

    /// <inheritdoc/>
    public override string? NameOfPort(byte protocol, ushort port) => ServicePorts.NameOf(protocol, port);

    /// <inheritdoc/>
    public override int RoleOf(in FlowSegment segment) => DatagramRoles.Of(segment.Payload, segment.SourcePort, segment.DestinationPort);

    /// <inheritdoc/>
    public override void OnPayload(ref FlowService found, ref object? state, in FlowSegment segment)
    {
        if (segment.Protocol == IpProtocol.Udp)
        {
            OnDatagram(ref found, segment);
        }
        else
        {
            OnSegment(ref found, ref state, segment);
        }
    }

    private static void OnDatagram(ref FlowService found, in FlowSegment segment)
    {
        byte number = ServiceNames.OfDatagram(segment.Payload, segment.SourcePort, segment.DestinationPort);
        if (number != 0)
        {
            found.Number = number;
            found.IsDone = true;
        }
        else
        {
            found.IsDone = ++found.Tries >= MaxTries;
        }
    }

    private void OnSegment(ref FlowService found, ref object? state, in FlowSegment segment)
    {
        if (found.Number != 0)
        {
            Listen(found.Number, segment);
            return;
        }

        var waiting = state as WaitingStart;
        ReadOnlySpan<byte> start = segment.Payload;
        if (waiting is not null && waiting.Direction == segment.Direction)
        {
            if (!waiting.TryAppend(segment))
            {
                return;
            }

            start = waiting.Bytes;
        }

        Recognition verdict = ServiceNames.OfStream(start, segment.SourcePort, segment.DestinationPort, out byte number);
        if (verdict == Recognition.Yes)
        {
            found.Number = number;

            // These announce connections later on.
            found.IsDone = number != Ftp && number != Irc;
        }
        else if (verdict == Recognition.NeedMore && start.Length < MaxWaitingBytes)
        {
            state = waiting is not null && waiting.Direction == segment.Direction ? waiting : new WaitingStart(segment);
        }
        else
        {
            state = waiting is not null && waiting.Direction != segment.Direction ? waiting : null;
            found.IsDone = ++found.Tries >= MaxTries;
        }
    }

    private void Listen(byte number, in FlowSegment segment)
    {
        if (number == Ftp && AnnouncedChannels.TryFtp(segment.Payload, segment.Source, out IpAddress address, out ushort port))
        {
            Announced?.Invoke(FlowName.To(address, port), "ftp-data");
        }
        else if (number == Irc && AnnouncedChannels.TryIrc(segment.Payload, out address, out port))
        {
            Announced?.Invoke(FlowName.To(address, port), "irc-dcc-data");
        }
    }

    /// <summary>The first bytes of one side, while they leave the protocol open.</summary>
    private sealed class WaitingStart
    {
        private readonly List<byte> _bytes;
        private uint _next;

        public WaitingStart(in FlowSegment segment)
        {
            Direction = segment.Direction;
            _bytes = [.. segment.Payload];
            _next = segment.Sequence + (uint)segment.WireLength;
        }

        public Direction Direction { get; }

        public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

        /// <summary>Adds a segment; false when it does not follow.</summary>
        public bool TryAppend(in FlowSegment segment)
        {
            if (segment.Sequence != _next)
            {
                return false;
            }

            _bytes.AddRange(segment.Payload);
            _next += (uint)segment.WireLength;
            return true;
        }
    }
}
