namespace Vittne.Protocols.Tls;

/// <summary>The EncryptedExtensions message of TLS 1.3 (RFC 8446 section 4.3.1).</summary>
internal static class EncryptedExtensions
{
    /// <summary>The application protocol that the server chose; empty when there is none.</summary>
    /// <param name="message">The message from its type byte on; empty for none.</param>
    public static ReadOnlySpan<byte> Alpn(ReadOnlySpan<byte> message) =>
        HelloReader.TryTakeBody(message, out _, out ReadOnlySpan<byte> body)
        && new TlsExtensionList(HelloReader.WholeVector16(body)).TryFind(ExtensionType.ApplicationLayerProtocolNegotiation, out ReadOnlySpan<byte> names)
            ? new NameList(HelloReader.WholeVector16(names)).First
            : default;
}
