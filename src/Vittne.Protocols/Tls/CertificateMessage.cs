using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>The Certificate message of TLS and DTLS (RFC 5246 section 7.4.2, RFC 8446 section 4.4.2).</summary>
internal static class CertificateMessage
{
    // Honest chains have fewer than ten; a message of empty entries shall not become a list of 80,000.
    private const int MaxCertificates = 256;
    private const int CountLength = 3;

    /// <summary>Copies the certificates out of a message of TLS up to 1.2; as many as are whole. Empty entries are left out.</summary>
    public static List<byte[]> Read(ReadOnlySpan<byte> message) =>
        HelloReader.TryTakeBody(message, out _, out ReadOnlySpan<byte> body) ? ReadList(body, hasExtensions: false) : [];

    /// <summary>The same of TLS 1.3: a context stands before the list, and extensions behind each certificate.</summary>
    public static List<byte[]> Read13(ReadOnlySpan<byte> message)
    {
        if (!HelloReader.TryTakeBody(message, out _, out ReadOnlySpan<byte> body))
        {
            return [];
        }

        var reader = new WireReader(body);
        return HelloReader.TryTakeVector8(ref reader, out _) ? ReadList(reader.Rest, hasExtensions: true) : [];
    }

    private static List<byte[]> ReadList(ReadOnlySpan<byte> list, bool hasExtensions)
    {
        List<byte[]> certificates = [];
        if (list.Length < CountLength)
        {
            return certificates;
        }

        var reader = new WireReader(list.Slice(CountLength, Math.Min(HelloReader.UInt24(list), list.Length - CountLength)));
        while (certificates.Count < MaxCertificates && reader.TryTake(CountLength, out ReadOnlySpan<byte> length)
            && reader.TryTake(HelloReader.UInt24(length), out ReadOnlySpan<byte> certificate))
        {
            if (!certificate.IsEmpty)
            {
                certificates.Add(certificate.ToArray());
            }

            if (hasExtensions && !HelloReader.TryTakeVector16(ref reader, out _))
            {
                break;
            }
        }

        return certificates;
    }
}
