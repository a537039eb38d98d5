using System.IO.Hashing;

namespace Vittne.Protocols.Tls;

/// <summary>Gathers the handshake messages of one direction of DTLS: fragments in any order, retransmissions told once.</summary>
internal sealed class DtlsDirection
{
    private const int MaxMessageLength = 64 << 10;

    // Messages of one flight; more than so many open ones are no handshake.
    private const int MaxOpen = 8;
    private const int MaxTold = 64;

    // Twelve bytes on the wire can announce 64 KiB: all open messages together share this.
    private const int MaxOpenBytes = 96 << 10;

    private readonly List<DtlsMessage> _open = [];
    private readonly HashSet<ulong> _told = [];
    private int _openBytes;

    /// <summary>True when the direction went over to encryption.</summary>
    public bool IsDone { get; set; }

    /// <summary>Set when a message announced more than is held.</summary>
    public bool HasOverlongMessage { get; private set; }

    /// <summary>Takes a fragment.</summary>
    /// <param name="fragment">The fragment.</param>
    /// <param name="message">The message that it completes.</param>
    /// <returns>True when it completes one that was not told yet.</returns>
    public bool TryComplete(in DtlsFragment fragment, out DtlsMessage? message)
    {
        message = null;
        if (fragment.MessageLength > MaxMessageLength)
        {
            HasOverlongMessage = true;
            return false;
        }

        DtlsMessage gathered = Find(fragment);
        if (!gathered.Add(fragment.Offset, fragment.Body))
        {
            return false;
        }

        _open.Remove(gathered);
        _openBytes -= gathered.Length;
        ulong mark = XxHash3.HashToUInt64(gathered.Bytes, gathered.Sequence);
        if (_told.Count >= MaxTold || !_told.Add(mark))
        {
            return false;
        }

        message = gathered;
        return true;
    }

    private DtlsMessage Find(in DtlsFragment fragment)
    {
        foreach (DtlsMessage open in _open)
        {
            if (open.Sequence == fragment.Sequence && open.Type == fragment.Type && open.Length == fragment.MessageLength)
            {
                return open;
            }
        }

        while (_open.Count == MaxOpen || (_open.Count > 0 && _openBytes + fragment.MessageLength > MaxOpenBytes))
        {
            _openBytes -= _open[0].Length;
            _open.RemoveAt(0);
        }

        _openBytes += fragment.MessageLength;

        var message = new DtlsMessage(fragment.Type, fragment.Sequence, fragment.MessageLength);
        _open.Add(message);
        return message;
    }
}
