namespace Vittne.Engine.Output.Remote;

/// <summary>A way to one remote target. Failures are <see cref="System.Net.Sockets.SocketException"/>, <see cref="IOException"/> or
/// <see cref="System.Security.Authentication.AuthenticationException"/>; after one the link is closed and may be used again.</summary>
internal interface IRemoteLink : IDisposable
{
    /// <summary>Messages sent of which the other side later said that nobody takes them.</summary>
    long Refused { get; }

    /// <summary>Sends one message; opens the way first when it is not open.</summary>
    void Send(byte[] message);

    /// <summary>All was sent: waits for what the other side has to say, and closes.</summary>
    void Finish();
}
