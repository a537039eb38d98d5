using System.Text;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>Frames of one TCP connection, as a capture file. Offset 0 of a side is its SYN, 1 its first byte.</summary>
internal sealed class TcpTalk(ushort clientPort = 40_000, ushort serverPort = 80)
{
    private const uint ClientStart = 1000;
    private const uint ServerStart = 5000;

    private readonly List<byte[]> _frames = [];

    public TcpTalk Handshake() => Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Syn | TcpFlag.Ack).Client(1, "");

    /// <summary>A segment of the client.</summary>
    public TcpTalk Client(int offset, string text, int flags = TcpFlag.Ack, int acknowledged = 1, ushort urgent = 0, ushort checksum = 0) =>
        Add(isReply: false, clientPort, serverPort, ClientStart + (uint)offset, ServerStart + (uint)acknowledged, flags, text, urgent, checksum);

    /// <summary>A segment of the server.</summary>
    public TcpTalk Server(int offset, string text, int flags = TcpFlag.Ack, int acknowledged = 1) =>
        Add(isReply: true, serverPort, clientPort, ServerStart + (uint)offset, ClientStart + (uint)acknowledged, flags, text, 0, 0);

    /// <summary>The frames, each wrapped, as a capture.</summary>
    public byte[] ToPcap(Func<byte[], byte[]>? wrap = null)
    {
        var pcap = new PcapBuilder();
        for (int i = 0; i < _frames.Count; i++)
        {
            pcap.Add(Batches.StartNs + (i * 1_000_000L), (wrap ?? (static packet => Frames.Ethernet(packet)))(_frames[i]));
        }

        return pcap.ToArray();
    }

    private TcpTalk Add(bool isReply, ushort from, ushort to, uint sequence, uint acknowledgment, int flags, string text, ushort urgent, ushort checksum)
    {
        byte[] segment = Frames.Tcp(from, to, Encoding.Latin1.GetBytes(text), sequence, acknowledgment, (ushort)flags);
        Frames.UInt16(checksum).CopyTo(segment, 16);
        Frames.UInt16(urgent).CopyTo(segment, 18);
        _frames.Add(Frames.Ipv4(IpProtocol.Tcp, segment, isReply));
        return this;
    }
}
