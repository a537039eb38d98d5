namespace Vittne.Protocols.Ssh;

/// <summary>Places of the name-lists in KEXINIT (RFC 4253 section 7.1).</summary>
internal enum SshList
{
    /// <summary>kex_algorithms.</summary>
    KeyExchange,

    /// <summary>server_host_key_algorithms.</summary>
    HostKey,

    /// <summary>encryption_algorithms_client_to_server.</summary>
    CipherFromClient,

    /// <summary>encryption_algorithms_server_to_client.</summary>
    CipherFromServer,

    /// <summary>mac_algorithms_client_to_server.</summary>
    MacFromClient,

    /// <summary>mac_algorithms_server_to_client.</summary>
    MacFromServer,

    /// <summary>compression_algorithms_client_to_server.</summary>
    CompressionFromClient,

    /// <summary>compression_algorithms_server_to_client.</summary>
    CompressionFromServer,

    /// <summary>languages_client_to_server.</summary>
    LanguageFromClient,

    /// <summary>languages_server_to_client.</summary>
    LanguageFromServer,
}
