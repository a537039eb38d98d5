using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vittne.Capture;
using Vittne.Capture.Live;

namespace Vittne.TestKit;

/// <summary>Sends frames as they are out of an interface of the calling thread's network namespace.</summary>
public sealed class PacketSender : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Packet, SocketType.Raw, ProtocolType.Unspecified);

    /// <summary>Opens the interface.</summary>
    public PacketSender(string name) => _socket.Bind(new LinkEndPoint((int)LinuxCalls.InterfaceIndex(name)));

    /// <summary>Sends one frame, link header included.</summary>
    public void Send(ReadOnlySpan<byte> frame) => _socket.Send(frame);

    /// <summary>How many packets a capture holds.</summary>
    public static int Count(string path) => Walk(path, sender: null);

    /// <summary>Sends all packets of a capture as fast as they go; returns their number.</summary>
    public int Replay(string path) => Walk(path, this);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static int Walk(string path, PacketSender? sender)
    {
        int count = 0;
        using var reader = CaptureReader.Open(path);
        var batch = new PacketBatch();
        while (reader.Read(batch) == ReadOutcome.More)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                sender?.Send(batch.Bytes(i));
            }

            count += batch.Count;
        }

        return count;
    }

    private sealed class LinkEndPoint(int index) : EndPoint
    {
        // struct sockaddr_ll of packet(7).
        private const int Length = 20;
        private const int IndexOffset = 4;

        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, Length);
            MemoryMarshal.Write(address.Buffer.Span[IndexOffset..], index);
            return address;
        }
    }
}
