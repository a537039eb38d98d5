using System.Diagnostics.CodeAnalysis;

namespace Vittne.Protocols.Secrets;

/// <summary>
/// Recorded secrets of TLS connections in the format of key log files (SSLKEYLOGFILE, RFC 9850), which pcapng captures may hold too. Flows ask
/// by the random of their ClientHello. Filled by the thread that reads, while no other thread asks.
/// </summary>
public sealed class TlsSecrets
{
    /// <summary>Connections whose secrets are kept; a day of a busy browser has some thousands.</summary>
    public const int MaxSessions = 1 << 20;

    // Names of today and of the first drafts of QUIC.
    private const string QuicPrefix = "QUIC_";
    private const int MaxSecretLength = 48;
    private const int BlockLength = 256 << 10;

    private readonly Dictionary<ClientRandom, SessionSecrets> _sessions = [];

    /// <summary>Connections of which there are secrets.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Connections that were left out because there were too many.</summary>
    public long Dropped { get; private set; }

    /// <summary>Reads a key log. Lines that are none, and secrets that are not used here, are passed over.</summary>
    /// <param name="log">The text.</param>
    /// <returns>How many secrets were taken.</returns>
    public int Add(ReadOnlySpan<byte> log)
    {
        int taken = 0;
        foreach (Range line in log.SplitAny("\r\n"u8))
        {
            taken += TryAddLine(log[line]) ? 1 : 0;
        }

        return taken;
    }

    /// <summary>Reads a key log from a stream, block by block.</summary>
    /// <param name="log">The text; read to its end.</param>
    /// <returns>How many secrets were taken.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public int Add(Stream log)
    {
        ArgumentNullException.ThrowIfNull(log);
        byte[] block = new byte[BlockLength];
        int taken = 0, held = 0;
        int read;
        do
        {
            read = log.Read(block.AsSpan(held));
            held += read;
            int end = read == 0 ? held : block.AsSpan(0, held).LastIndexOf((byte)'\n') + 1;
            if (end == 0 && held == block.Length)
            {
                // No line is as long as that.
                end = held;
            }

            taken += Add(block.AsSpan(0, end));
            block.AsSpan(end, held - end).CopyTo(block);
            held -= end;
        }
        while (read > 0);

        return taken;
    }

    /// <summary>The secrets of a connection.</summary>
    /// <param name="clientRandom">Random of its ClientHello.</param>
    /// <param name="secrets">The secrets.</param>
    /// <returns>False when there are none.</returns>
    internal bool TryFind(ReadOnlySpan<byte> clientRandom, [NotNullWhen(true)] out SessionSecrets? secrets)
    {
        secrets = null;
        return _sessions.Count > 0 && clientRandom.Length == ClientRandom.Length && _sessions.TryGetValue(ClientRandom.Of(clientRandom), out secrets);
    }

    // LABEL SP random in hex SP secret in hex.
    private bool TryAddLine(ReadOnlySpan<byte> line)
    {
        line = line.Trim((byte)' ');
        int first = line.IndexOf((byte)' ');
        if (first <= 0 || line[0] == (byte)'#')
        {
            return false;
        }

        ReadOnlySpan<byte> label = line[..first];
        if (label.StartsWith("QUIC_"u8))
        {
            label = label[QuicPrefix.Length..];
        }

        if (!IsUsed(label))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[first..].TrimStart((byte)' ');
        int second = rest.IndexOf((byte)' ');
        Span<byte> random = stackalloc byte[ClientRandom.Length];
        Span<byte> secret = stackalloc byte[MaxSecretLength];
        if (second < 0 || !TryReadHex(rest[..second], random, out int randomLength) || randomLength != ClientRandom.Length
            || !TryReadHex(rest[second..].TrimStart((byte)' '), secret, out int length) || length is not (32 or MaxSecretLength))
        {
            return false;
        }

        var key = ClientRandom.Of(random);
        if (!_sessions.TryGetValue(key, out SessionSecrets? session))
        {
            if (_sessions.Count >= MaxSessions)
            {
                Dropped++;
                return false;
            }

            _sessions.Add(key, session = new SessionSecrets());
        }

        Keep(session, label, secret[..length]);
        return true;
    }

    private static bool IsUsed(ReadOnlySpan<byte> label) =>
        label.SequenceEqual("CLIENT_RANDOM"u8) || label.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8)
        || label.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8) || label.SequenceEqual("CLIENT_TRAFFIC_SECRET_0"u8)
        || label.SequenceEqual("SERVER_TRAFFIC_SECRET_0"u8);

    private static void Keep(SessionSecrets session, ReadOnlySpan<byte> label, ReadOnlySpan<byte> secret)
    {
        if (label.SequenceEqual("CLIENT_RANDOM"u8))
        {
            session.Master = secret.ToArray();
        }
        else if (label.SequenceEqual("CLIENT_HANDSHAKE_TRAFFIC_SECRET"u8))
        {
            session.ClientHandshake = secret.ToArray();
        }
        else if (label.SequenceEqual("SERVER_HANDSHAKE_TRAFFIC_SECRET"u8))
        {
            session.ServerHandshake = secret.ToArray();
        }
        else if (label.SequenceEqual("CLIENT_TRAFFIC_SECRET_0"u8))
        {
            session.ClientTraffic = secret.ToArray();
        }
        else
        {
            session.ServerTraffic = secret.ToArray();
        }
    }

    private static bool TryReadHex(ReadOnlySpan<byte> text, Span<byte> bytes, out int length)
    {
        length = text.Length / 2;
        return length <= bytes.Length && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done && text.Length % 2 == 0;
    }
}
