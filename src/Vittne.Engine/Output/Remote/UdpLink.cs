using System.Net.Sockets;

namespace Vittne.Engine.Output.Remote;

/// <summary>Datagrams to one target, which is asked for once.</summary>
internal sealed class UdpLink(RemoteAddress target) : IRemoteLink
{
    private Socket? _socket;

    /// <inheritdoc/>
    public long Refused { get; private set; }

    /// <inheritdoc/>
    public void Send(byte[] message)
    {
        if (_socket is null)
        {
            // Connected, so that the kernel passes on what the other side says of its port.
            var socket = new UdpClient(target.Host, target.Port);
            _socket = socket.Client;
        }

        try
        {
            _socket.Send(message);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The answer to a datagram before this one, which was not sent.
            Refused++;
            _socket.Send(message);
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (_socket is not null && (int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0)
        {
            Refused++;
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
