using Vittne.Protocols.Crypto;
using Vittne.Protocols.Secrets;

namespace Vittne.Protocols.Tls.Decryption;

/// <summary>Watches the hellos of a flow, and finds the secrets of the connection when both are there.</summary>
/// <param name="secrets">All recorded secrets.</param>
internal sealed class HandshakeSecrets(TlsSecrets secrets)
{
    private const ushort Version13 = 0x0304;
    private const ushort Version12 = 0x0303;
    private const ushort Version10 = 0x0301;
    private const int MaxSaltLength = 12;
    private const int GcmSaltLength = 4;

    private byte[]? _clientRandom;
    private byte[]? _serverRandom;
    private BulkCipher _cipher;
    private ushort _version;
    private bool _encryptsFirst;

    /// <summary>The secrets; null as long as none are known that could open what follows.</summary>
    public SessionSecrets? Session { get; private set; }

    /// <summary>Whether the connection is one of TLS 1.3.</summary>
    public bool IsVersion13 => _version == Version13;

    /// <summary>The cipher of the connection.</summary>
    public BulkCipher Cipher => _cipher;

    /// <summary>True when the client may send data before the handshake is over, under keys that are not known.</summary>
    public bool OffersEarlyData { get; private set; }

    /// <summary>Takes a handshake message in the clear, or one that was opened.</summary>
    /// <returns>True when it is a ServerHello and secrets are there.</returns>
    public bool OnMessage(ReadOnlySpan<byte> message)
    {
        if (message[0] == HandshakeType.ClientHello && ClientHello.TryParse(message, out ClientHello client))
        {
            _clientRandom = client.Random.ToArray();
            OffersEarlyData = client.Extensions.TryFind(ExtensionType.EarlyData, out _);
        }
        else if (message[0] == HandshakeType.ServerHello && _clientRandom is not null && ServerHello.TryParse(message, out ServerHello server)
            && !server.IsHelloRetryRequest)
        {
            _version = server.Version;
            _serverRandom = server.Random.ToArray();
            _encryptsFirst = server.Extensions.TryFind(ExtensionType.EncryptThenMac, out _);
            Session = BulkCipher.TryFind(CipherSuites.Name(server.CipherSuite), out _cipher) && secrets.TryFind(_clientRandom, out SessionSecrets? found)
                && IsComplete(found) ? found : null;
            return Session is not null;
        }

        return false;
    }

    /// <summary>Makes the keys of TLS 1.0 to 1.2 out of the master secret (RFC 5246 section 6.3).</summary>
    /// <param name="isClient">Whose records they open.</param>
    /// <returns>Null without a master secret.</returns>
    public RecordKeys? DeriveFromMaster(bool isClient)
    {
        if (Session?.Master is not { } master || _clientRandom is null || _serverRandom is null || _version > Version12)
        {
            return null;
        }

        bool isChained = _cipher.Kind == BulkCipherKind.AesCbc;
        int macLength = isChained ? Hmac.LengthOf(_cipher.Mac) : 0;
        int vectorLength = _cipher.Kind switch
        {
            BulkCipherKind.AesGcm => GcmSaltLength,
            BulkCipherKind.ChaChaPoly => MaxSaltLength,
            _ => _version == Version10 ? AesCipher.BlockLength : 0,
        };
        byte[] block = new byte[2 * (macLength + _cipher.KeyLength + vectorLength)];
        ReadOnlySpan<byte> seed = [.. _serverRandom, .. _clientRandom];
        if (_version == Version12)
        {
            TlsPrf.Derive(_cipher.Hash, master, "key expansion", seed, block);
        }
        else
        {
            TlsPrf.DeriveLegacy(master, "key expansion", seed, block);
        }

        // Each part comes twice, the client's first.
        int side = isClient ? 0 : 1;
        ReadOnlySpan<byte> macKey = block.AsSpan(side * macLength, macLength);
        ReadOnlySpan<byte> key = block.AsSpan((2 * macLength) + (side * _cipher.KeyLength), _cipher.KeyLength);
        ReadOnlySpan<byte> vector = block.AsSpan((2 * (macLength + _cipher.KeyLength)) + (side * vectorLength), vectorLength);
        return isChained ? new ChainedKeys(_cipher, key, macKey, vector, _encryptsFirst) : new Tls12AeadKeys(_cipher, key, vector);
    }

    /// <summary>Makes the keys of TLS 1.3 for a secret; null when it was not recorded or is not as long as it must be.</summary>
    public Tls13Keys? Derive(byte[]? secret) =>
        secret is not null && secret.Length == Hmac.LengthOf(_cipher.Hash) ? new Tls13Keys(_cipher, secret) : null;

    private bool IsComplete(SessionSecrets found) => _version switch
    {
        Version13 => _cipher.Kind != BulkCipherKind.AesCbc,
        >= Version10 and <= Version12 => found.Master is { Length: 48 },
        _ => false,
    };
}
