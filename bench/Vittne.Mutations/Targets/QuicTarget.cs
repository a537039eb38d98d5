using Vittne.Packets;
using Vittne.Protocols;
using Vittne.Protocols.Quic;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>What stands inside QUIC Initial packets. Damage to a sealed packet only breaks its seal, so frames are damaged first and sealed then.</summary>
internal sealed class QuicTarget() : FuzzTarget("quic-frames")
{
    private static readonly byte[] ConnectionId = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly InitialKeys Keys = QuicVersion.TryFind(1, out QuicVersion version)
        ? new InitialKeys(version, ConnectionId)
        : throw new FuzzFailureException("QUIC version 1 is gone");

    private static readonly ParserOptions Everything = new() { EmitsTransactions = true };

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        byte[] hello = Hellos.Client("quic.example.test");
        byte[] first = Crypto(0, hello.AsSpan(0, 60)), second = Crypto(60, hello.AsSpan(60));
        yield return Conversation.Append(Conversation.Begin(443), isFromServer: false, Crypto(0, hello));
        yield return Conversation.Append(Conversation.Append(Conversation.Begin(443), isFromServer: false, second), isFromServer: false, first);
        yield return Conversation.Append(
            Conversation.Append(Conversation.Begin(443), isFromServer: false, Crypto(0, hello)),
            isFromServer: true,
            [2, 0, 0, 0, 0, .. Crypto(0, Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304))), 0x1C, 0x01, 0x00, 0x03, .. "bye"u8]);
    }

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        var conversation = new Conversation(input);
        DatagramParser parser = new QuicParser(TestFlow.Udp(conversation.ServerPort), seen, Everything);
        int packet = 0;
        while (packet < 64 && conversation.TryNext())
        {
            Direction direction = conversation.IsFromServer ? Direction.FromResponder : Direction.FromOriginator;
            byte[] datagram = Seal(direction, conversation.Data[..Math.Min(conversation.Data.Length, 16_000)], ++packet);
            parser.OnDatagram(direction, datagram, TestFlow.At(packet));
        }

        parser.OnEnd(TestFlow.At(packet + 1));
    }

    /// <summary>The same conversation with each segment as the datagram that carries it.</summary>
    public static byte[] Sealed(byte[] input)
    {
        var conversation = new Conversation(input);
        byte[] datagrams = Conversation.Begin(conversation.ServerPort);
        for (int number = 1; conversation.TryNext(); number++)
        {
            Direction direction = conversation.IsFromServer ? Direction.FromResponder : Direction.FromOriginator;
            datagrams = Conversation.Append(datagrams, conversation.IsFromServer, Seal(direction, conversation.Data, number));
        }

        return datagrams;
    }

    private static byte[] Crypto(int offset, ReadOnlySpan<byte> data) =>
        new Bytes().U8(6).U16(0x4000 | offset).U16(0x4000 | data.Length).Raw(data).ToArray();

    private static byte[] Seal(Direction direction, ReadOnlySpan<byte> frames, int number)
    {
        Bytes payload = new Bytes().Raw(frames).Repeat(0, 40);
        bool isClient = direction == Direction.FromOriginator;
        Bytes header = new Bytes().U8(0xC1).U32(1)
            .Prefixed(8, isClient ? new Bytes().Raw(ConnectionId) : new Bytes()).Prefixed(8, isClient ? new Bytes() : new Bytes().Raw(ConnectionId))
            .U8(0).U16(0x4000 | (2 + payload.Length + 16)).U16(number);
        return (isClient ? Keys.Client : Keys.Server).Seal(header, 2, payload);
    }
}
