using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Vittne.Engine.Output.Remote;

/// <summary>
/// Sends messages to one target on a thread of its own. A target that is slow slows the reading down for a while; one that cannot be reached costs
/// its own messages and nothing else: the queue is bounded, and what does not fit is counted.
/// </summary>
public sealed class RemoteTarget : IDisposable
{
    // What an IPv4 datagram holds at most, RFC 768 and RFC 791.
    private const int MaxDatagram = 65_507;
    private const int MaxWaiting = 10_000;
    private const int PatienceMs = 5000;
    private const int SliceMs = 50;
    private const int FirstPauseMs = 250;
    private const int LongestPauseMs = 30_000;

    private readonly BlockingCollection<byte[]> _waiting = new(MaxWaiting);
    private readonly ManualResetEventSlim _isEnding = new();
    private readonly IRemoteLink _link;
    private readonly Thread _sender;
    private volatile bool _isDown;
    private volatile bool _isAborted;
    private long _sent;
    private long _lost;
    private volatile string? _reason;

    /// <summary>Begins to serve a target; nothing is sent and no name is asked for before the first message.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="authorities">Certificates to trust instead of those of the system; null for the system's.</param>
    public RemoteTarget(RemoteAddress address, X509Certificate2Collection? authorities)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
        _link = address.Transport == RemoteTransport.Udp ? new UdpLink(address) : new StreamLink(address, authorities);
        _sender = new Thread(Run) { IsBackground = true, Name = $"to {address}" };
        _sender.Start();
    }

    /// <summary>Where messages go.</summary>
    public RemoteAddress Address { get; }

    /// <summary>Messages handed to the network that nobody said were refused.</summary>
    public long Sent => Interlocked.Read(ref _sent) - _link.Refused;

    /// <summary>Messages that did not get there as far as is known.</summary>
    public long Lost => Interlocked.Read(ref _lost) + _link.Refused;

    /// <summary>The first trouble, in words; null without any.</summary>
    public string? Reason => _reason ?? (_link.Refused > 0 ? "the port is closed" : null);

    /// <summary>Takes a message.</summary>
    public void Send(byte[] message)
    {
        bool isTaken = _waiting.TryAdd(message);
        for (int waitedMs = 0; !isTaken && !_isDown && waitedMs < PatienceMs; waitedMs += SliceMs)
        {
            isTaken = _waiting.TryAdd(message, SliceMs);
        }

        if (!isTaken)
        {
            // Whoever takes nothing for so long is as good as down until a message gets through again.
            _isDown = true;
            _reason ??= "it takes messages too slowly";
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>No more messages come: sends those that wait, for a few seconds at most, and closes.</summary>
    public void End()
    {
        if (_waiting.IsAddingCompleted)
        {
            return;
        }

        _waiting.CompleteAdding();
        _isEnding.Set();
        if (!_sender.Join(2 * PatienceMs))
        {
            _isAborted = true;
            _sender.Join(2 * PatienceMs);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _link.Dispose();
        _waiting.Dispose();
        _isEnding.Dispose();
    }

    private void Run()
    {
        foreach (byte[] message in _waiting.GetConsumingEnumerable())
        {
            if (!_isAborted && TrySend(message))
            {
                Interlocked.Increment(ref _sent);
                _isDown = false;
            }
            else
            {
                Interlocked.Increment(ref _lost);
            }
        }

        Try(_link.Finish);
    }

    // Tries until the message is away; once the run ends, one failure is enough for it and all behind it.
    private bool TrySend(byte[] message)
    {
        for (int pauseMs = FirstPauseMs; ; pauseMs = Math.Min(pauseMs * 2, LongestPauseMs))
        {
            if (Try(() => _link.Send(message)))
            {
                return true;
            }

            _link.Dispose();
            _isDown = true;
            if (Address.Transport == RemoteTransport.Udp && message.Length > MaxDatagram)
            {
                return false;
            }

            if (_isEnding.IsSet)
            {
                _isAborted = true;
                return false;
            }

            _isEnding.Wait(pauseMs);
        }
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or AggregateException)
        {
            _reason ??= (e.InnerException ?? e).Message;
            return false;
        }
    }
}
