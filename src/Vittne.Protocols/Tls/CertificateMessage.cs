using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>The Certificate message of TLS and DTLS up to 1.2 (RFC 5246 section 7.4.2).</summary>
internal static class CertificateMessage
{
    // Honest chains have fewer than ten; a message of empty entries shall not become a list of 80,000.
    private const int MaxCertificates = 256;

    /// <summary>Copies the certificates out of a message; as many as are whole. Empty entries are left out.</summary>
    public static List<byte[]> Read(ReadOnlySpan<byte> message)
    {
        List<byte[]> certificates = [];
        if (!HelloReader.TryTakeBody(message, out _, out ReadOnlySpan<byte> body) || body.Length < 3)
        {
            return certificates;
        }

        int listLength = Math.Min(HelloReader.UInt24(body), body.Length - 3);
        var reader = new WireReader(body.Slice(3, listLength));
        while (certificates.Count < MaxCertificates && reader.TryTake(3, out ReadOnlySpan<byte> length)
            && reader.TryTake(HelloReader.UInt24(length), out ReadOnlySpan<byte> certificate))
        {
            if (!certificate.IsEmpty)
            {
                certificates.Add(certificate.ToArray());
            }
        }

        return certificates;
    }
}
