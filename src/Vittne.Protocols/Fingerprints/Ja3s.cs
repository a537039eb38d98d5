using System.Globalization;
using System.Text;
using Vittne.Protocols.Crypto;
using Vittne.Protocols.Tls;

namespace Vittne.Protocols.Fingerprints;

/// <summary>JA3S: MD5 of <c>version,cipher,extensions</c> of a ServerHello, decimal.</summary>
public static class Ja3s
{
    /// <summary>Computes the fingerprint.</summary>
    /// <returns>The MD5 in lower-case hex, and the text that it is made of.</returns>
    public static (string Hash, string Full) Compute(in ServerHello hello)
    {
        var text = new StringBuilder(64);
        text.Append(CultureInfo.InvariantCulture, $"{hello.LegacyVersion},{hello.CipherSuite},");
        bool isFirst = true;
        foreach (TlsExtension extension in hello.Extensions)
        {
            if (!isFirst)
            {
                text.Append('-');
            }

            isFirst = false;
            text.Append(extension.Type);
        }

        string full = text.ToString();
        return (Md5.HashHex(Encoding.ASCII.GetBytes(full)), full);
    }
}
