using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Protocols;

namespace Vittne.Mutations;

/// <summary>Takes conversations out of captures, by the protocol that is recognised in them, as inputs for the parsers.</summary>
internal sealed class SeedCollector : FlowHandler
{
    private const int MaxLength = 16 << 10;

    private readonly Dictionary<(string Protocol, bool IsStream), List<byte[]>> _found = [];
    private readonly int _most;

    private SeedCollector(int most) => _most = most;

    /// <summary>Reads captures.</summary>
    /// <param name="captures">Their paths.</param>
    /// <param name="most">Most conversations of a protocol; evenly taken from all that there are.</param>
    public static IReadOnlyList<(string Protocol, bool IsStream, byte[] Conversation)> Collect(IReadOnlyList<string> captures, int most)
    {
        var collector = new SeedCollector(most);
        foreach (string capture in captures)
        {
            new SpineRun(new SpineOptions { Captures = [capture] }, _ => new CollectingStage(collector), static _ => { }).Run(CancellationToken.None);
        }

        return [.. collector._found.SelectMany(static pair => pair.Value.Select(conversation => (pair.Key.Protocol, pair.Key.IsStream, conversation)))];
    }

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) => new CollectingStream(this, flow.DestinationPort);

    /// <inheritdoc/>
    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => false;

    /// <inheritdoc/>
    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        var datagrams = (CollectingDatagrams)(session ??= new CollectingDatagrams(this, flow.DestinationPort));
        return datagrams.Add(direction, payload);
    }

    private void Keep(string protocol, bool isStream, byte[] conversation)
    {
        if (!_found.TryGetValue((protocol, isStream), out List<byte[]>? list))
        {
            _found[(protocol, isStream)] = list = [];
        }

        if (list.Count < _most)
        {
            list.Add(conversation);
        }
        else if (conversation.Length % 16 == 0)
        {
            // The later ones have a chance too.
            list[conversation.Length / 16 % _most] = conversation;
        }
    }

    private sealed class CollectingStage(SeedCollector collector) : IPacketStage
    {
        private readonly FlowTracker _tracker = new(collector, new FlowOptions());

        public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
            _tracker.OnPacket(packet, payload, tunnel, at);

        public void OnOrphan(in OrphanFragment fragment, in PacketStamp at)
        {
        }

        public void OnBatchEnd(in PacketStamp now) => _tracker.Advance(now);

        public void OnEnd(in PacketStamp last) => _tracker.EndAll(last);
    }

    private sealed class CollectingStream(SeedCollector collector, ushort serverPort) : StreamConsumer
    {
        private byte[] _conversation = Conversation.Begin(serverPort);
        private string? _protocol;
        private int _ends;

        public override bool IsUnrecognised => false;

        public override bool IsDone(Direction direction) => _conversation.Length >= MaxLength && _ends >= 2;

        public override void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
        {
            _protocol ??= ProtocolRegistry.RecogniseStream(data, 0, serverPort, out StreamProtocol? found) == Recognition.Yes ? found!.Name : null;
            if (_conversation.Length < MaxLength)
            {
                _conversation = Conversation.Append(_conversation, direction == Direction.FromResponder, data);
            }
        }

        public override void OnGap(Direction direction, long length, in PacketStamp at)
        {
        }

        public override void OnEnd(Direction direction, in PacketStamp at)
        {
            if (++_ends == 2 && _protocol is not null)
            {
                collector.Keep(_protocol, isStream: true, _conversation);
            }
        }
    }

    private sealed class CollectingDatagrams(SeedCollector collector, ushort serverPort) : FlowSession
    {
        private byte[] _conversation = Conversation.Begin(serverPort);
        private string? _protocol;

        public bool Add(Direction direction, ReadOnlySpan<byte> datagram)
        {
            _protocol ??= ProtocolRegistry.RecogniseDatagram(datagram, 0, serverPort)?.Name;
            _conversation = Conversation.Append(_conversation, direction == Direction.FromResponder, datagram);
            if (_conversation.Length < MaxLength)
            {
                return true;
            }

            OnEnd(default);
            return false;
        }

        public override void OnEnd(in PacketStamp at)
        {
            if (_protocol is not null)
            {
                collector.Keep(_protocol, isStream: false, _conversation);
            }
        }
    }
}
