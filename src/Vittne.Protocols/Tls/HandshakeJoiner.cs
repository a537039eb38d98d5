namespace Vittne.Protocols.Tls;

/// <summary>
/// Joins the handshake messages of one direction from pieces: records of TLS, or the gathered CRYPTO stream of QUIC. Messages that lie
/// whole in a piece are not copied; those that nobody wants are stepped over without being held.
/// </summary>
/// <param name="seen">Told the type of each message when its header is there; null when nobody asks. Then key exchanges are wanted too.</param>
internal sealed class HandshakeJoiner(Action<byte>? seen = null)
{
    /// <summary>Longest message that is held. Chains of honest servers stay far below; RFC 8446 allows 2^24.</summary>
    public const int MaxMessageLength = 256 << 10;

    private byte[] _held = [];
    private int _heldLength;
    private int _skip;

    /// <summary>True for messages that were encrypted: more of them are wanted.</summary>
    public bool ReadsOpened { get; init; }

    /// <summary>True while a message waits for more bytes.</summary>
    public bool IsInsideMessage => _heldLength > 0 || _skip > 0;

    /// <summary>Set when a message announced more than <see cref="MaxMessageLength"/>; it is stepped over.</summary>
    public bool HasOverlongMessage { get; private set; }

    /// <summary>Forgets what waits.</summary>
    public void Reset()
    {
        _held = [];
        _heldLength = 0;
        _skip = 0;
    }

    /// <summary>Takes the next whole message that is wanted.</summary>
    /// <param name="piece">The bytes; moved forward over what was taken.</param>
    /// <param name="message">The message from its type byte on; valid until the next call.</param>
    /// <returns>False when <paramref name="piece"/> is used up.</returns>
    public bool TryTake(scoped ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> message)
    {
        message = default;
        while (!piece.IsEmpty)
        {
            if (_skip > 0)
            {
                int skipped = Math.Min(_skip, piece.Length);
                _skip -= skipped;
                piece = piece[skipped..];
                continue;
            }

            if (_heldLength > 0)
            {
                if (TryContinue(ref piece, out message))
                {
                    return true;
                }

                continue;
            }

            if (piece.Length < HelloReader.HeaderLength)
            {
                Hold(piece);
                piece = default;
                return false;
            }

            int total = HelloReader.HeaderLength + HelloReader.UInt24(piece[1..]);
            if (Refuses(piece[0], total))
            {
                _skip = total;
            }
            else if (total <= piece.Length)
            {
                message = piece[..total];
                piece = piece[total..];
                return true;
            }
            else
            {
                Hold(piece);
                piece = default;
            }
        }

        return false;
    }

    private bool TryContinue(scoped ref ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_heldLength < HelloReader.HeaderLength)
        {
            int header = Math.Min(HelloReader.HeaderLength - _heldLength, piece.Length);
            Hold(piece[..header]);
            piece = piece[header..];
            if (_heldLength == HelloReader.HeaderLength)
            {
                int announced = HelloReader.UInt24(_held.AsSpan(1));
                if (Refuses(_held[0], HelloReader.HeaderLength + announced))
                {
                    _heldLength = 0;
                    _skip = announced;
                    return false;
                }

                return announced == 0 && TryComplete(out message);
            }

            return false;
        }

        int missing = HelloReader.HeaderLength + HelloReader.UInt24(_held.AsSpan(1)) - _heldLength;
        int taken = Math.Min(missing, piece.Length);
        Hold(piece[..taken]);
        piece = piece[taken..];
        return taken == missing && TryComplete(out message);
    }

    private bool TryComplete(out ReadOnlySpan<byte> message)
    {
        message = _held.AsSpan(0, _heldLength);
        _held = [];
        _heldLength = 0;
        return true;
    }

    private bool Refuses(byte type, int total)
    {
        seen?.Invoke(type);
        bool isWanted = ReadsOpened ? HandshakeType.IsWantedOpened(type) : HandshakeType.IsWanted(type);
        if (!isWanted && (seen is null || type != HandshakeType.ServerKeyExchange))
        {
            return true;
        }

        HasOverlongMessage |= total > MaxMessageLength;
        return total > MaxMessageLength;
    }

    // Grows with the bytes that came, not with the length that was announced.
    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_held.Length - _heldLength < bytes.Length)
        {
            Array.Resize(ref _held, Math.Max(512, (_heldLength + bytes.Length) * 2));
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }
}
