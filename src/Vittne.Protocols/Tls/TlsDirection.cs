namespace Vittne.Protocols.Tls;

/// <summary>What the parser knows of one direction.</summary>
/// <param name="seen">Told the type of each handshake message; null when nobody asks.</param>
internal sealed class TlsDirection(Action<byte>? seen = null)
{
    /// <summary>Joins its handshake messages.</summary>
    public HandshakeJoiner Handshake { get; } = new(seen);

    /// <summary>Bytes that must wait before the next record is whole.</summary>
    public int Needed { get; set; } = 1;

    /// <summary>True when the first record was seen.</summary>
    public bool HasStarted { get; set; }

    /// <summary>True after a gap or plain text: the next segment must begin like a record.</summary>
    public bool IsLost { get; set; }

    /// <summary>Segments that were passed over since then.</summary>
    public int Passed { get; set; }

    /// <summary>True after a change of ciphers that may be an empty gesture: only a second ClientHello is still in the clear.</summary>
    public bool AwaitsSecondHello { get; set; }

    /// <summary>True when nothing in the clear can follow.</summary>
    public bool IsDone { get; set; }

    /// <summary>True when its records cannot be followed any more, or it ended.</summary>
    public bool IsOver { get; set; }

    /// <summary>True when a message that is too long was told.</summary>
    public bool HasToldLength { get; set; }
}
