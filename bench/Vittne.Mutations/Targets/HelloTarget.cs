using Vittne.Protocols.Fingerprints;
using Vittne.Protocols.Tls;
using Vittne.TestKit;

namespace Vittne.Mutations.Targets;

/// <summary>Hellos and their fingerprints.</summary>
internal sealed class HelloTarget() : FuzzTarget("hello")
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() =>
    [
        Hellos.Client("www.example.test"),
        Hellos.Client(0xFEFD, [0xC02B, 0x0A0A], Hellos.Alpn("h2", "http/1.1"), cookie: "cookie"),
        Hellos.Client(0x0301, [5, 4], extensions: null),
        Hellos.Server(0x0303, 0x1301, Hellos.Version(0x0304)),
        Hellos.RetryRequest(),
    ];

    /// <inheritdoc/>
    public override byte[]? SeedOf(string protocol, bool isStream, byte[] conversation) =>
        isStream && protocol == "tls" && conversation.Length > 10 ? conversation[10..] : null;

    /// <inheritdoc/>
    public override void Run(byte[] input, Observer seen)
    {
        if (ClientHello.TryParse(input, out ClientHello client))
        {
            seen.Note("client damaged", client.IsDamaged ? 1 : 0);
            seen.Note("sni", client.Sni.Length);
            seen.Note("ja3", Ja3.Compute(client).Full.Length);
            foreach (TlsCarrier carrier in Enum.GetValues<TlsCarrier>())
            {
                seen.Note("ja4", Ja4.Compute(client, carrier).ToString()?.Length ?? 0);
            }
        }

        if (ServerHello.TryParse(input, out ServerHello server))
        {
            seen.Note("server damaged", server.IsDamaged ? 1 : 0);
            seen.Note("version", server.Version);
            seen.Note("alpn", server.Alpn.Length);
            seen.Note("ja3s", Ja3s.Compute(server).Full.Length);
        }
    }
}
