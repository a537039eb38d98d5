using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Ssh;

/// <summary>Schema of <see cref="SshRecord"/>: one record a connection.</summary>
public static class SshSchema
{
    private static readonly (string Name, SshList List)[] Lists =
    [
        ("kex", SshList.KeyExchange),
        ("host_key", SshList.HostKey),
        ("enc_c2s", SshList.CipherFromClient),
        ("enc_s2c", SshList.CipherFromServer),
        ("mac_c2s", SshList.MacFromClient),
        ("mac_s2c", SshList.MacFromServer),
        ("comp_c2s", SshList.CompressionFromClient),
        ("comp_s2c", SshList.CompressionFromServer),
        ("lang_c2s", SshList.LanguageFromClient),
        ("lang_s2c", SshList.LanguageFromServer),
    ];

    /// <summary>Record <c>ssh</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<SshRecord, SshRecord>(
        "ssh",
        "SSH connections: software, algorithms, fingerprints of both sides and of the host key",
        static record => record,
        Summarise,
        Text("client_banner", "identification line of the client", static record => record.ClientBanner).Also("ssh.protocol"),
        Text("server_banner", "identification line of the server", static record => record.ServerBanner).Also("ssh.protocol"),
        Field.Texts<SshRecord>("pre_banner", "lines that the server sent before it", static record => [.. record.PreBanner.Select(SshNegotiation.Text)]),
        Field.Integer<SshRecord>("version", "1 or 2: what both sides speak", static record => VersionOf(record)),
        Text("client_software", "software of the client", static record => SoftwareOf(record.ClientBanner)),
        Text("server_software", "software of the server", static record => SoftwareOf(record.ServerBanner)),
        Field.Text<SshRecord>("kex_alg", "key exchange that is agreed on", static record => SshNegotiation.Choose(record, SshList.KeyExchange)),
        Field.Text<SshRecord>("host_key_alg", "host key algorithm that is agreed on", static record => SshNegotiation.Choose(record, SshList.HostKey)),
        Field.Text<SshRecord>("cipher_alg", "cipher from client to server", static record => SshNegotiation.Choose(record, SshList.CipherFromClient)),
        Field.Text<SshRecord>("mac_alg", "MAC from client to server; without meaning for ciphers that authenticate", static record => SshNegotiation.Choose(record, SshList.MacFromClient)),
        Field.Text<SshRecord>("compression_alg", "compression from client to server", static record => SshNegotiation.Choose(record, SshList.CompressionFromClient)),
        KexInit("client_kexinit", "name-lists of the client, in its order", static record => record.ClientLists),
        KexInit("server_kexinit", "name-lists of the server, in its order", static record => record.ServerLists),
        Field.Text<SshRecord>("hassh", "HASSH of the client: MD5", static record => Hassh(record.ClientLists, Direction.FromOriginator)).Also("ssh.kex.hassh"),
        Text("hassh_full", "what it is the MD5 of", static record => HasshText(record.ClientLists, Direction.FromOriginator)).Also("ssh.kex.hassh_algorithms"),
        Field.Text<SshRecord>("hasshserver", "HASSHserver of the server: MD5", static record => Hassh(record.ServerLists, Direction.FromResponder)).Also("ssh.kex.hasshserver"),
        Text("hasshserver_full", "what it is the MD5 of", static record => HasshText(record.ServerLists, Direction.FromResponder)).Also("ssh.kex.hasshserver_algorithms"),
        Field.Text<SshRecord>("host_key_fingerprint", "`SHA256:` and the digest of the host key, as ssh-keygen shows it", static record => record.HostKeyFingerprint),
        Field.Flag<SshRecord>("terrapin", "open to the Terrapin attack (CVE-2023-48795)", static record => SshNegotiation.IsOpenToTerrapin(record)));

    private static RecordField<SshRecord> Text(string name, string description, Func<SshRecord, string?> get) =>
        Field.Text<SshRecord>(name, description, record => get(record) is { } latin1 ? SshNegotiation.Text(latin1) : null);

    private static RecordField<SshRecord> KexInit(string name, string description, Func<SshRecord, IReadOnlyList<string>?> get) =>
        Field.Object(name, description, get, [.. Lists.Select(static list => List(list.Name, list.List))]);

    private static RecordField<IReadOnlyList<string>> List(string name, SshList list) =>
        Field.Texts<IReadOnlyList<string>>(
            name, $"list {(int)list + 1} of KEXINIT", lists => lists[(int)list].Length == 0 ? null : [.. lists[(int)list].Split(',').Select(SshNegotiation.Text)]);

    private static string? Hassh(IReadOnlyList<string>? lists, Direction sender) => lists is null ? null : SshKexInit.Fingerprint(lists, sender);

    private static string? HasshText(IReadOnlyList<string>? lists, Direction sender) => lists is null ? null : SshKexInit.FingerprintText(lists, sender);

    // SSH-protoversion-softwareversion SP comments (RFC 4253 section 4.2).
    private static string? SoftwareOf(string? banner)
    {
        int dash = banner?.IndexOf('-', 4) ?? -1;
        return dash < 0 || dash + 1 == banner!.Length ? null : banner[(dash + 1)..].Split(' ')[0];
    }

    private static long? VersionOf(SshRecord record)
    {
        // 1.99 speaks both (RFC 4253 section 5.1); one old side decides.
        string?[] banners = [record.ClientBanner, record.ServerBanner];
        return Array.TrueForAll(banners, static banner => banner is null) ? null
            : Array.Exists(banners, static banner => banner is not null && banner.StartsWith("SSH-1.", StringComparison.Ordinal) && !banner.StartsWith("SSH-1.99", StringComparison.Ordinal)) ? 1
            : 2;
    }

    private static string Summarise(SshRecord record)
    {
        string[] parts =
        [
            $"{SshNegotiation.Text(record.ClientBanner ?? "?")} -> {SshNegotiation.Text(record.ServerBanner ?? "?")}",
            SshNegotiation.Choose(record, SshList.KeyExchange) ?? "",
            SshNegotiation.Choose(record, SshList.CipherFromClient) ?? "",
            Hassh(record.ClientLists, Direction.FromOriginator) is { } hassh ? $"hassh {hassh}" : "",
            Hassh(record.ServerLists, Direction.FromResponder) is { } server ? $"hasshserver {server}" : "",
            record.HostKeyFingerprint ?? "",
        ];
        return string.Join("  ", parts.Where(static part => part.Length > 0));
    }
}
